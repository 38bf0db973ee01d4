"""The story of each fiche, told by the site's own verbs, each act at its instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from campaigns import review
from campaigns.associating import associate
from campaigns.drafts import latest_version, save_draft, start_draft
from campaigns.featuring import feature
from campaigns.models import Action, CampaignPage
from campaigns.submission import submit
from demo.records import ActionRecord, CampaignRecord, Ending
from establishments.models import Establishment
from establishments.sign_in import account_of

from .fiches import Terms, write, write_change, write_follow_up
from .pace import Pace, pace_of
from .past import happening_at
from .territory import Territory

PUBLISHED_ENDINGS = (
    Ending.PUBLISHED,
    Ending.PUBLISHED_PENDING,
    Ending.WITHDRAWN,
    Ending.ARCHIVED,
)


@dataclass
class Story:
    """One fiche on its way, with those who act in it."""

    record: ActionRecord
    campaign: CampaignPage
    establishment: Establishment
    author: User
    lead: User | None
    editor: User
    pace: Pace

    def tell(self, terms: Terms, establishments: dict[str, Establishment]) -> None:
        """Carry the fiche from its first draft to where its record says that it stands."""
        action = self._draft(terms, establishments)
        ending = self.record.status
        if ending is Ending.DRAFT:
            return
        self._hand_in(action)
        if ending is Ending.CHANGES_REQUESTED:
            self._send_back(action)
        elif ending is not Ending.NETWORK_REVIEW:
            self._give_visa(action)
        if ending is Ending.REFUSED:
            with happening_at(self.pace.decided):
                review.refuse(action, by=self.editor, comment=self.record.comment)
        elif ending in PUBLISHED_ENDINGS:
            with happening_at(self.pace.decided):
                review.publish(action, by=self.editor)
            self._after_publication(action)

    def _draft(self, terms: Terms, establishments: dict[str, Establishment]) -> Action:
        at = self.pace.started
        with happening_at(at):
            action = start_draft(
                self.establishment, self.campaign, by=self.author, title=self.record.title, now=at
            )
            write(action, self.record, terms)
            save_draft(action, by=self.author, now=at)
            for uai in self.record.associated:
                associate(action, establishments[uai], by=self.author)
        return action

    def _hand_in(self, action: Action) -> None:
        with happening_at(self.pace.submitted):
            submit(action, by=self.author, now=self.pace.submitted)

    def _send_back(self, action: Action) -> None:
        with happening_at(self.pace.visa):
            review.request_changes(action, by=self.lead or self.editor, comment=self.record.comment)

    def _give_visa(self, action: Action) -> None:
        if self.lead is not None:
            with happening_at(self.pace.visa):
                review.give_visa(action, by=self.lead)

    def _after_publication(self, action: Action) -> None:
        ending = self.record.status
        if self.record.follow_up is not None:
            self._follow_up(action)
        if self.record.featured:
            with happening_at(self.pace.ended):
                feature(action, by=self.editor, now=self.pace.ended)
        if ending is Ending.PUBLISHED_PENDING:
            self._change(action)
        elif ending is Ending.WITHDRAWN:
            self._withdraw(action, self.pace.ended)
        elif ending is Ending.ARCHIVED:
            self._withdraw(action, self.pace.archived)
            with happening_at(self.pace.archived):
                review.archive(action, by=self.editor)

    def _withdraw(self, action: Action, at: datetime) -> None:
        with happening_at(at):
            review.withdraw(action, by=self.editor, comment=self.record.comment)

    def _change(self, action: Action) -> None:
        """Let the establishment hand in a change, which its network has still to read."""
        at = self.pace.ended
        with happening_at(at):
            version = latest_version(action)
            write_change(version, self.record)
            save_draft(version, by=self.author, now=at)
            submit(version, by=self.author, now=at)

    def _follow_up(self, action: Action) -> None:
        """Let the editor add what the establishment told once the week was over."""
        with happening_at(self.pace.followed_up):
            version = latest_version(action)
            write_follow_up(version, self.record)
            version.save_revision(user=self.editor, log_action=True).publish(user=self.editor)


def tell_stories(
    records: list[ActionRecord],
    record: CampaignRecord,
    campaign: CampaignPage,
    territory: Territory,
    *,
    today: date,
) -> None:
    """Tell the story of each fiche of an edition."""
    terms = Terms()
    for fiche in records:
        establishment = territory.establishments[fiche.establishment]
        Story(
            record=fiche,
            campaign=campaign,
            establishment=establishment,
            author=account_of(establishment),
            lead=territory.lead_of(establishment),
            editor=territory.editors[record.academy],
            pace=pace_of(fiche.title, record, today),
        ).tell(terms, territory.establishments)
