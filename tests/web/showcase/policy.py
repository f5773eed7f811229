"""The policy, for readers and at the desk."""

from collections.abc import Iterator

from markupsafe import Markup
from tests.web.showcase.desk import at_desk
from tests.web.showcase.makers import a_chrome, ago

from rejoinder.discussion.policy import DEFAULT_SENTENCES, Policy, default_content
from rejoinder.web.pages.policy import shown_policy
from rejoinder.web.shown import policy
from rejoinder.web.shown.page import Page

OURS = shown_policy(Policy(number=1, content=default_content(DEFAULT_SENTENCES, language="en")), language="en")
CLAUSES = (
    policy.ShownClause(
        number=1, sentence="Argue with the point.", reasons=("Attacks a person", "Written only to provoke")
    ),
    policy.ShownClause(
        number=2, sentence="Keep to the harbour.", reasons=("Irrelevant: it has nothing to do with the story",)
    ),
)
OWN = policy.ShownPolicy(
    number=3,
    clauses=CLAUSES,
    introduction=(policy.Prose("Why we have rules", Markup("<p>So that it is worth reading.</p>")),),
    note="Clause 2 is new.",
    since=ago(days=2),
    is_material=True,
)


def policy_pages() -> Iterator[tuple[str, Page]]:
    readers = a_chrome()
    yield "policy", policy.PolicyPage(chrome=readers, policy=OURS, newest=1, days_open=14)
    yield "policy-earlier", policy.PolicyPage(chrome=readers, policy=OURS, newest=3)
    addendum = policy.ShownPolicy(number=1, clauses=CLAUSES[:1], section="sport", since=ago(days=1))
    yield "policy-own", policy.PolicyPage(chrome=readers, policy=OWN, newest=3, addenda=(addendum,))
    fields = tuple(
        policy.ClauseField(number=each.number, sentence=each.sentence, reasons=("personal-attack", "trolling"))
        for each in CLAUSES
    )
    form = policy.PolicyForm(
        language="en",
        seen=2,
        introduction="## Why we have rules\n\nSo that it is worth reading.",
        clauses=(*fields, policy.ClauseField(number=3)),
    )
    desk = policy.DeskPolicyPage(
        chrome=at_desk(),
        form=form,
        languages=("en", "de"),
        versions=(OWN,),
        sections=(("sport", "Sport"),),
    )
    yield "desk-policy", desk
    yield (
        "desk-policy-look",
        policy.DeskPolicyPage(
            chrome=at_desk(),
            form=form,
            languages=("en",),
            versions=(),
            preview=OWN,
            changes=(policy.Change(number=2, before="Keep to the story.", after="Keep to the harbour."),),
        ),
    )
    yield (
        "desk-policy-problem",
        policy.DeskPolicyPage(
            chrome=at_desk(),
            form=form,
            languages=("en",),
            versions=(),
            section="sport",
            problem="This policy cannot be published: clauses 1 and 2 both name “trolling”.",
        ),
    )
    yield (
        "desk-policy-rewritten",
        policy.DeskPolicyPage(
            chrome=at_desk(),
            form=form,
            languages=("en",),
            versions=(OWN,),
            problem="Somebody published another version while you wrote. What you typed is kept; please look at both.",
            meanwhile=(
                policy.Change(number=0, before="So that it is worth it.", after="So that it is worth reading."),
                policy.Change(number=3, after="Once is enough."),
                policy.Change(number=0, before="Ask us.", is_closing=True),
            ),
        ),
    )
