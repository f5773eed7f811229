"""Editors' picks: the act, from the desk's card or from where the comment stands."""

from rejoinder.actions.pick_comment import pick_comment
from rejoinder.discussion.commenters import Act
from rejoinder.store.database import Write
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.pages.recommending import where_it_stands
from rejoinder.web.visits import Visit


def pick(w: Write, visit: Visit) -> Answer:
    """The comment of the path picked, or with `back` no more; then back to where the button was."""
    editor, form = visit.staff(Act.PICK), visit.asked.form
    back = bool(form.text("back"))
    comment = pick_comment(
        w,
        visit.site.seq,
        visit.asked.id(),
        by_seq=editor.seq,
        now=visit.asked.now,
        back=back,
        note=form.text("pick_note"),
        undo_for=visit.options.undo_for,
    )
    if form.text("to") == "picks":
        return see_other(addresses.picks(visit.site.key))
    if queue := form.text("queue"):
        return see_other(addresses.desk_comment(visit.site.key, comment.id, queue=queue))
    return see_other(where_it_stands(w, visit, comment))
