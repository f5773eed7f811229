"""Every page and act on one screen: its address, what it does, and what is shown when it is refused. Guards stand in
what is called: a page or an act asks its visit for a `reader()` or for `staff(…)` before anything else.
"""

from collections.abc import Callable
from typing import Protocol

from rejoinder.discussion.refusals import Refusal
from rejoinder.store.database import Read
from rejoinder.web import including
from rejoinder.web.answers import Answer
from rejoinder.web.errors import refused
from rejoinder.web.handlers import Wording, act, arrival, by_letter, change, change_or_look, page
from rejoinder.web.pages import (
    account,
    account_acts,
    act_appeals,
    appeals,
    batches,
    card_acts,
    changes,
    comment,
    comment_forms,
    composing,
    consent,
    corrections,
    decisions,
    desk,
    desk_acts,
    desk_corrections,
    desk_lists,
    desk_notices,
    desk_policy,
    desk_rules,
    desk_threads,
    desk_times,
    desk_today,
    embed,
    feed,
    flag,
    from_editors,
    guest,
    live,
    merging,
    naming,
    news,
    notices,
    own_data,
    own_name,
    passkeys,
    person_acts,
    picking,
    picks,
    policy,
    profile,
    queues,
    recommending,
    record,
    searching,
    sign_in,
    story,
    trust,
)
from rejoinder.web.routing import Route
from rejoinder.web.visits import Visit


class Form(Protocol):
    """A page that can be shown again with what was sent and what was wrong with it."""

    def __call__(self, r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer: ...


def again(form: Form) -> Wording:
    """The form again, with the refusal in it; where the form itself is refused now, the refusal's own page."""

    def word(r: Read, visit: Visit, refusal: Refusal) -> Answer:
        try:
            return form(r, visit, refusal=refusal)
        except Refusal:
            return refused(r, visit, refusal)

    return word


def _page(path: str, show: Callable[[Read, Visit], Answer]) -> Route:
    return page(path, show, refused=refused)


S, C, D = "/{site}", "/{site}/comments/{id}", "/{site}/desk"

PAGE_ROUTES: list[Route] = [
    # reading
    _page(S, story.front),
    _page(f"{S}/stories/{{slug}}", story.story),
    _page(f"{S}/stories/{{slug}}/comments.atom", feed.as_atom(feed.of_story)),
    _page(f"{S}/stories/{{slug}}/comments.json", feed.as_json(feed.of_story)),
    _page(f"{S}/sections/{{key}}/comments.atom", feed.as_atom(feed.of_section)),
    _page(f"{S}/sections/{{key}}/comments.json", feed.as_json(feed.of_section)),
    _page(f"{S}/comments.atom", feed.as_atom(feed.of_site)),
    _page(f"{S}/comments.json", feed.as_json(feed.of_site)),
    _page(f"{S}/people/{{id}}", profile.profile),
    _page(f"{S}/people/{{id}}/comments.atom", feed.as_atom(feed.of_commenter)),
    _page(f"{S}/people/{{id}}/comments.json", feed.as_json(feed.of_commenter)),
    _page(f"{S}/stories/{{slug}}/live.json", live.state),
    _page(f"{S}/stories/{{slug}}/names.json", naming.names),
    Route("/include", "GET", including.include),
    _page(C, story.thread),
    _page(f"{C}/changes", changes.changes),
    _page(f"{S}/policy", policy.policy),
    _page(f"{S}/policy/{{number}}", policy.version),
    _page(f"{S}/policy.json", policy.as_json),
    # writing: needs a name here
    _page(f"{S}/stories/{{slug}}/write", comment_forms.write),
    change_or_look(f"{S}/stories/{{slug}}/comments", comment.post, composing.preview, refused=composing.told),
    _page(f"{C}/reply", comment_forms.reply),
    change_or_look(f"{C}/reply", comment.reply, composing.preview_reply, refused=composing.told_reply),
    _page(f"{C}/edit", comment_forms.edit),
    change(f"{C}/edit", comment.edit, refused=again(comment_forms.edit)),
    _page(f"{C}/delete", comment_forms.delete),
    change(f"{C}/delete", comment.delete, refused=refused),
    # writing without an account, where the site allows it
    _page(f"{S}/stories/{{slug}}/guest", guest.guest_form),
    act(f"{S}/stories/{{slug}}/guest", guest.ask, refused=again(guest.guest_form)),
    _page(f"{S}/guest/{{token}}", guest.confirm_form),
    act(f"{S}/guest/{{token}}", guest.post, refused=again(guest.confirm_form)),
    # recommending: with an account, or without one where the site allows it
    _page(f"{C}/recommend", recommending.form),
    act(f"{C}/recommend", recommending.act, refused=refused),
    # reporting: open to everybody
    _page(f"{C}/report", comment_forms.report),
    act(f"{C}/report", flag.flag, refused=again(comment_forms.report)),
    _page(f"{S}/reports/{{receipt}}", comment_forms.receipt),
    # the other side of a decision: by a letter's key or a receipt, without an account
    act(f"{S}/reports/{{receipt}}/appeal", decisions.appeal_report, refused=again(comment_forms.receipt)),
    _page(f"{S}/decisions", decisions.mine),
    _page(f"{S}/decisions/{{key}}", decisions.decision),
    act(f"{S}/decisions/{{key}}/appeal", decisions.appeal, refused=again(decisions.decision)),
    # what editors did about somebody: the person's page of it, also by the key of its letter
    _page(f"{S}/acts/{{key}}", act_appeals.person_act),
    act(f"{S}/acts/{{key}}/appeal", act_appeals.appeal, refused=again(act_appeals.person_act)),
    # legal notices and corrections of the story: open to everybody
    _page(f"{C}/notice", notices.notice_form),
    _page(f"{S}/notice", notices.notice_form),
    act(f"{S}/notice", notices.file, refused=again(notices.notice_form)),
    _page(f"{S}/notices/{{receipt}}", notices.receipt),
    act(f"{S}/notices/{{receipt}}/appeal", notices.appeal, refused=again(notices.receipt)),
    _page(f"{S}/stories/{{slug}}/correct", corrections.correct_form),
    act(f"{S}/stories/{{slug}}/correct", corrections.send, refused=again(corrections.correct_form)),
    _page(f"{S}/corrections/{{receipt}}", corrections.receipt),
    # accounts
    _page(f"{S}/log-in", account.log_in),
    act(f"{S}/log-in", account_acts.enter, refused=again(account.log_in)),
    act(f"{S}/log-in/passkey", passkeys.enter, refused=again(account.log_in)),
    arrival(f"{S}/sign-in/token", "POST", sign_in.hand_over, refused=refused),
    arrival(f"{S}/sign-in/{{provider}}", "GET", sign_in.begin, refused=refused),
    arrival(f"{S}/sign-in/{{provider}}/back", "GET", sign_in.back, refused=refused),
    act(f"{S}/log-out", account_acts.leave, refused=refused),
    _page(f"{S}/register", account.register),
    act(f"{S}/register", account_acts.register, refused=again(account.register)),
    _page(f"{S}/sent/{{kind}}", account.sent),
    act(f"{S}/confirm", account_acts.confirm_again, refused=refused),
    _page(f"{S}/confirm/{{token}}", account.confirm),
    act(f"{S}/confirm/{{token}}", account_acts.confirm, refused=refused),
    _page(f"{S}/forgot", account.forgot),
    act(f"{S}/forgot", account_acts.forgot, refused=again(account.forgot)),
    _page(f"{S}/reset/{{token}}", account.reset),
    act(f"{S}/reset/{{token}}", account_acts.reset, refused=again(account.reset)),
    _page(f"{S}/second-factor", account.second_factor),
    act(f"{S}/second-factor", account_acts.second_factor, refused=again(account.second_factor)),
    _page(f"{S}/second-factor/set-up", account.second_factor),
    act(f"{S}/second-factor/passkey", passkeys.second_factor, refused=again(account.second_factor)),
    act(f"{S}/second-factor/set-up", account_acts.begin_second_factor, refused=refused),
    _page(f"{S}/account", account.account),
    _page(f"{S}/account/name", own_name.name_form),
    change(f"{S}/account/name", own_name.change_name, refused=again(own_name.name_form)),
    _page(f"{S}/account/passkeys", passkeys.passkey_list),
    act(f"{S}/account/passkeys", passkeys.add, refused=again(passkeys.passkey_list)),
    act(f"{S}/account/passkeys/name", passkeys.name, refused=again(passkeys.passkey_list)),
    act(f"{S}/account/passkeys/remove", passkeys.remove, refused=again(passkeys.passkey_list)),
    act(f"{S}/account/sessions", account_acts.end_one, refused=refused),
    # in a page of the publisher's
    Route(f"{S}/embed/comments/{{id}}", "GET", including.thread),
    _page(f"{S}/embed/sign-in", embed.sign_in),
    act(f"{S}/embed/sign-in", embed.hand_over, refused=refused),
    _page(f"{S}/account/trust", trust.trust),
    _page(f"{S}/notifications", news.inbox),
    change(f"{S}/notifications", news.read_all, refused=refused),
    change(f"{S}/notifications/{{id}}", news.open_news, refused=refused),
    _page(f"{S}/stories/{{slug}}/follow", news.follow_form),
    change(f"{S}/stories/{{slug}}/follow", news.do_follow, refused=refused),
    _page(f"{S}/people/{{id}}/mute", news.mute_form),
    change(f"{S}/people/{{id}}/mute", news.do_mute, refused=refused),
    _page(f"{S}/account/letters", news.letters),
    change(f"{S}/account/letters", news.set_letters, refused=refused),
    _page(f"{S}/letters/{{token}}", news.unsubscribe_form),
    by_letter(f"{S}/letters/{{token}}", news.unsubscribe, refused=refused),
    _page(f"{S}/account/editors", from_editors.from_editors),
    act(f"{S}/account/editors/{{id}}/read", from_editors.acknowledge, refused=refused),
    _page(f"{S}/consent/{{token}}", consent.consent_form),
    by_letter(f"{S}/consent/{{token}}", consent.answer, refused=again(consent.consent_form)),
    _page(f"{S}/account/data", own_data.data),
    _page(f"{S}/account/data.json", own_data.data_file),
    _page(f"{S}/account/email", own_data.email_form),
    act(f"{S}/account/email", own_data.ask_email, refused=again(own_data.email_form)),
    _page(f"{S}/new-address/{{token}}", own_data.new_email),
    act(f"{S}/new-address/{{token}}", own_data.set_email, refused=refused),
    _page(f"{S}/account/leave", own_data.leave_form),
    act(f"{S}/account/leave", own_data.do_leave, refused=again(own_data.leave_form)),
    _page(f"{S}/left/{{texts}}", own_data.gone),
    # the desk: staff, with their second factor
    _page(D, queues.queue),
    change(f"{D}/views", queues.keep, refused=refused),
    change(f"{D}/views/{{id}}/let-go", queues.let_go, refused=refused),
    _page(f"{D}/search", searching.search_page),
    _page(f"{D}/comments/{{id}}", desk.card),
    change(f"{D}/comments/{{id}}/decide", desk_acts.decide, refused=again(desk.card)),
    change(f"{D}/comments/{{id}}/text", changes.change_text, refused=again(desk.card)),
    change(f"{D}/comments/{{id}}/pick", picking.pick, refused=again(desk.card)),
    change(f"{D}/comments/{{id}}/lock", desk_threads.lock, refused=again(desk.card)),
    change(f"{D}/comments/{{id}}/move", desk_threads.move, refused=again(desk.card)),
    change(f"{D}/decisions/{{id}}/undo", desk_acts.undo, refused=refused),
    _page(f"{D}/today", desk_today.home),
    _page(f"{D}/picks", picks.picks),
    change(f"{D}/comments/{{id}}/consent", picks.ask, refused=again(picks.picks)),
    _page(f"{D}/letters-page/{{kind}}", picks.letters_page),
    _page(f"{D}/appeals", appeals.waiting),
    _page(f"{D}/appeals/{{id}}", appeals.hearing),
    change(f"{D}/appeals/{{id}}/hear", appeals.hear, refused=again(appeals.hearing)),
    change(f"{D}/appeals/{{id}}/undo", appeals.undo, refused=again(appeals.hearing)),
    _page(f"{D}/mine", desk_lists.mine),
    _page(f"{D}/new", desk_lists.new),
    _page(f"{D}/news.json", desk_lists.news),
    _page(f"{D}/decisions/{{id}}", desk_lists.decided),
    _page(f"{D}/comments/{{id}}/alike", desk_lists.alike),
    change(f"{D}/comments/{{id}}/claim", card_acts.claim, refused=again(desk.card)),
    change(f"{D}/comments/{{id}}/assign", card_acts.assign, refused=again(desk.card)),
    change(f"{D}/comments/{{id}}/notes", card_acts.note, refused=again(desk.card)),
    change(f"{D}/comments/{{id}}/opinion", card_acts.ask, refused=again(desk.card)),
    change(f"{D}/comments/{{id}}/answer", card_acts.answer, refused=again(desk.card)),
    change(f"{D}/people/{{id}}/notes", card_acts.note_person, refused=again(desk.person)),
    act(f"{D}/batch", batches.decide, refused=refused),
    act(f"{D}/batch/undo", batches.undo, refused=refused),
    change(f"{D}/care", card_acts.care, refused=refused),
    _page(f"{D}/stories", desk.story_list),
    _page(f"{D}/stories/{{slug}}", desk.story),
    act(f"{D}/stories/{{slug}}/close", desk_acts.close, refused=again(desk.story)),
    act(f"{D}/stories/{{slug}}/reopen", desk_acts.reopen, refused=again(desk.story)),
    act(f"{D}/stories/{{slug}}/withdraw", desk_acts.withdraw, refused=again(desk.story)),
    act(f"{D}/stories/{{slug}}/restore", desk_acts.restore, refused=again(desk.story)),
    act(f"{D}/stories/{{slug}}/rules", desk_acts.rules, refused=again(desk.story)),
    _page(f"{D}/stories/{{slug}}/merge", merging.preview),
    change(f"{D}/stories/{{slug}}/merge", merging.merge, refused=again(desk.story)),
    change(f"{D}/merges/{{id}}/undo", merging.part, refused=refused),
    _page(f"{D}/policy", desk_policy.policy),
    change_or_look(f"{D}/policy", desk_policy.publish, desk_policy.preview, refused=again(desk_policy.policy)),
    _page(f"{D}/times", desk_times.times),
    change(f"{D}/times", desk_times.set_site, refused=again(desk_times.times)),
    change(f"{D}/times/{{section}}", desk_times.set_section, refused=again(desk_times.times)),
    _page(f"{D}/rules", desk_rules.rules),
    change_or_look(f"{D}/rules", desk_rules.set_here, desk_rules.try_here, refused=again(desk_rules.rules)),
    _page(f"{D}/rules/sections/{{key}}", desk_rules.rules),
    change_or_look(
        f"{D}/rules/sections/{{key}}", desk_rules.set_here, desk_rules.try_here, refused=again(desk_rules.rules)
    ),
    _page(f"{D}/rules/stories/{{slug}}", desk_rules.rules),
    change_or_look(
        f"{D}/rules/stories/{{slug}}", desk_rules.set_here, desk_rules.try_here, refused=again(desk_rules.rules)
    ),
    _page(f"{D}/people/{{id}}", desk.person),
    change(f"{D}/people/{{id}}/level", trust.appoint_person, refused=again(desk.person)),
    _page(f"{D}/log", record.log),
    _page(f"{D}/notices/{{id}}", desk_notices.notice),
    change(f"{D}/notices/{{id}}", desk_notices.answer, refused=again(desk_notices.notice)),
    _page(f"{D}/corrections/{{id}}", desk_corrections.correction),
    change(f"{D}/corrections/{{id}}", desk_corrections.answer, refused=again(desk_corrections.correction)),
    change(f"{D}/people/{{id}}/message", person_acts.message, refused=again(desk.person)),
    change(f"{D}/people/{{id}}/warn", person_acts.warn, refused=again(desk.person)),
    change(f"{D}/people/{{id}}/hold", person_acts.hold, refused=again(desk.person)),
    change(f"{D}/people/{{id}}/ban", person_acts.ban, refused=again(desk.person)),
    change(f"{D}/people/{{id}}/unban", person_acts.unban, refused=again(desk.person)),
    change(f"{D}/people/{{id}}/off-ladder", person_acts.off_ladder, refused=again(desk.person)),
    _page(f"{D}/people/{{id}}/erase", person_acts.erase_form),
    change(f"{D}/people/{{id}}/erase", person_acts.erase, refused=again(person_acts.erase_form)),
    change(f"{D}/person-acts/{{id}}/lift", person_acts.lift, refused=refused),
    change(f"{D}/corrections/{{id}}/undo", desk_corrections.undo, refused=again(desk_corrections.correction)),
]
