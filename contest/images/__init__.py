"""What a poster's file is, whether it fits, and the clean pictures made of it.

`sandbox` is the door: it runs everything that decodes in a child process (`child`) with limits on
memory, time and files. Below it, nothing knows Django but `wording`, so that the child starts
fast: `formats` and `polyglot` read bytes, `sources` hold one module a format, `finishing` makes
plain sRGB of what they decode, `examining` and `preparing` are what the child does.
"""
