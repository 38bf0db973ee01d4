"""What an edition adds up to, for those who steer it and for everybody: figures and their charts.

`shapes`, `figure` and `definitions` are pure; `scope` says whose fiches somebody may count;
`counting` and `timeline` ask the database, a constant number of queries; `dashboard` and
`edition_figures` put figures together.
"""
