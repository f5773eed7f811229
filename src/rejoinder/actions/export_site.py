"""A publication is taken out whole: its stories, people and comments, and what its desk has done, as records."""

from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec
from msgspec.structs import replace

from rejoinder.discussion.desk_records import CorrectionRecord, DeskRecord, NoticeRecord
from rejoinder.discussion.sites import Site
from rejoinder.exporters import record as records
from rejoinder.store import desk_exports, exports, sites
from rejoinder.store.database import Read


def export_site(r: Read, key: str, *, with_personal: bool, now: datetime) -> Iterator[records.Record]:
    """The site's records, one by one, all from the reader's one snapshot; nothing is held in memory but a page of rows.
    Mail addresses, and the names on legal notices, are in it only `with_personal`. Raises UnknownSite.
    """
    site = sites.by_key(r, key)
    yield _site(site, now=now)
    for section in sites.sections_of(r, site.seq):
        yield records.SectionRecord(key=section.key, name=section.name, rules=msgspec.json.decode(section.rules))
    for story in exports.every_story(r, site.seq):
        yield _story(story)
    for commenter in exports.every_commenter(r, site.seq):
        yield _commenter(commenter, with_personal=with_personal)
    for every in _BEFORE_COMMENTS:
        yield from every(r, site.seq)
    for comment in exports.every_comment(r, site.seq):
        yield _comment(comment)
    for decision in exports.every_decision(r, site.seq):
        yield _decision(decision)
    for every in _AFTER_COMMENTS:
        for kept in every(r, site.seq):
            yield kept if with_personal else _impersonal(kept)
    if (head := desk_exports.log_head(r, site.seq)) is not None:
        yield head


_Every = Callable[[Read, int], Iterator[DeskRecord]]
_BEFORE_COMMENTS: tuple[_Every, ...] = (
    desk_exports.every_policy,
    desk_exports.every_rule_change,
    desk_exports.every_merge,
    desk_exports.every_view,
)
_AFTER_COMMENTS: tuple[_Every, ...] = (
    desk_exports.every_person_act,
    desk_exports.every_flagger,
    desk_exports.every_notice,
    desk_exports.every_correction,
    desk_exports.every_appeal,
    desk_exports.every_note,
    desk_exports.every_consent,
)


def _impersonal(kept: DeskRecord) -> DeskRecord:
    if isinstance(kept, NoticeRecord):
        return replace(kept, name="", email=None)
    return replace(kept, email=None) if isinstance(kept, CorrectionRecord) else kept


def _site(site: Site, *, now: datetime) -> records.SiteRecord:
    return records.SiteRecord(
        format=records.FORMAT,
        version=records.VERSION,
        exported_at=now,
        key=site.key,
        name=site.name,
        language=site.language,
        zone=site.zone,
        origin=site.origin,
        rules=msgspec.json.decode(site.rules),
        texts=msgspec.to_builtins(site.texts),
        policy_version=site.policy_version,
    )


def _story(story: exports.KeptStory) -> records.StoryRecord:
    return records.StoryRecord(
        id=story.id,
        slug=story.slug,
        section=story.section_key,
        publisher_id=story.publisher_id,
        canonical_url=story.canonical_url,
        addresses=story.addresses,
        published_at=story.published_at,
        published_at_source=story.published_at_source,
        withdrawn_at=story.withdrawn_at,
        rules=msgspec.json.decode(story.rules),
        published_count=story.published_count,
        versions=tuple(
            records.StoryVersionRecord(number=each.number, saved_at=each.saved_at, content=each.content)
            for each in story.versions
        ),
    )


def _commenter(commenter: exports.KeptCommenter, *, with_personal: bool) -> records.CommenterRecord:
    return records.CommenterRecord(
        id=commenter.id,
        name=commenter.name,
        role=commenter.role,
        since=commenter.since,
        has_account=commenter.has_account,
        banned_at=commenter.banned_at,
        banned_until=commenter.banned_until,
        ban_reason=commenter.ban_reason,
        level=commenter.level,
        is_off_ladder=commenter.is_off_ladder,
        ban_code=commenter.ban_code,
        is_banned_everywhere=commenter.is_banned_everywhere,
        held_at=commenter.held_at,
        held_until=commenter.held_until,
        email=commenter.email if with_personal else None,
    )


def _comment(comment: exports.KeptComment) -> records.CommentRecord:
    return records.CommentRecord(
        id=comment.id,
        story=comment.story_id,
        commenter=comment.commenter_id,
        parent=comment.parent_id,
        status=comment.status,
        text=comment.text,
        revision=comment.revision,
        marker=comment.marker,
        removal_reason=comment.removal_reason,
        policy_version=comment.policy_version,
        created_at=comment.created_at,
        published_at=comment.published_at,
        place=comment.place,
        edited_at=comment.edited_at,
        import_key=comment.import_key,
        picked_at=comment.picked_at,
        picked_by=comment.picked_by,
        pick_note=comment.pick_note,
        lowered_at=comment.lowered_at,
        locked_at=comment.locked_at,
        revisions=tuple(
            records.RevisionRecord(number=each.number, text=each.text, saved_at=each.saved_at)
            for each in comment.revisions
        ),
    )


def _decision(decision: exports.KeptDecision) -> records.DecisionRecord:
    return records.DecisionRecord(
        id=decision.id,
        comment=decision.comment_id,
        revision=decision.revision,
        outcome=decision.outcome,
        status_before=decision.status_before,
        status_after=decision.status_after,
        created_at=decision.created_at,
        by=decision.by_id,
        rule=decision.rule,
        reason=decision.reason,
        note=decision.note,
        reverses=decision.reverses_id,
        caused_by=decision.caused_by_id,
        also=decision.also,
        clauses=decision.clauses,
        policy_version=decision.policy_version,
        cited=decision.cited,
        statement=decision.statement,
    )
