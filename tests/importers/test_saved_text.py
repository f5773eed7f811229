"""Pages saved as text: our own variants, in our own words, about places and people that are not."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.pages import SAMPLES, a_comment, a_page, codes, read_sample, read_text

from rejoinder.discussion.stories import Credits, Photo, PublishedAtSource
from rejoinder.importers.record import (
    AmbiguousZone,
    BadFile,
    NoArticle,
    NoZone,
    Reading,
    Truncated,
    UnknownFormat,
    UnknownZone,
)


def times(reading: Reading) -> list[str]:
    return [f"{comment.written_at:%Y-%m-%d %H:%M}" for comment in reading.story.comments]


def names(reading: Reading) -> list[str]:
    return [comment.name for comment in reading.story.comments]


def test_a_whole_page_gives_its_article() -> None:
    story = read_sample("whole_page.txt").story

    content = story.content
    assert content.headline == "Ferry to Aldermouth sails again after nine weeks"
    assert (content.place, content.agency) == ("ALDERMOUTH", "Norpress")
    assert [len(paragraph) for paragraph in content.paragraphs] == [107, 97, 51]
    assert content.credits == Credits(
        reporting=("Ines Quill", "Bo Sandvik"), writing=("Ada Lund",), editing=("Carl Dent",)
    )
    assert story.published_at == datetime(2012, 5, 7, 10, 40, tzinfo=UTC)
    assert story.published_at_source is PublishedAtSource.PAGE


def test_a_caption_printed_twice_is_one_photograph() -> None:
    photo = read_sample("whole_page.txt").story.content.photo

    assert photo == Photo(
        caption='The ferry "Marigold" leaves the east quay of Aldermouth with its first passengers in nine weeks, '
        "May 7, 2012.",
        credit="Norpress/Ines Quill",
    )


def test_a_whole_page_gives_its_discussion() -> None:
    reading = read_sample("whole_page.txt")

    story = reading.story
    assert names(reading) == ["gullwatcher", "Old Salt"]
    assert times(reading) == ["2012-05-07 11:15", "2012-05-08 01:02"]
    assert story.comments[0].text.split("\n\n")[1] == "She says the goats looked seasick."
    assert (story.closed, story.stated_comment_count) == (True, 2)
    assert (story.closing_notice or "").endswith("fortnight after a story appears.")
    assert (story.policy_notice or "").startswith("We are glad of comments")
    assert codes(reading) == ["link-lost"]


def test_what_a_page_does_not_say_stays_absent() -> None:
    story = read_sample("whole_page.txt").story

    assert (story.canonical_url, story.publisher_id, story.section, story.disclaimer) == (None, None, None, None)
    assert (story.content.topics, story.content.byline, story.content.standfirst) == ((), (), "")
    assert (story.content.updated_at, story.content.language) == (None, None)


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.glob("*.txt") if "stops" not in path.name))
def test_every_page_holds_as_many_comments_as_it_says(sample: str) -> None:
    reading = read_sample(sample)

    assert reading.story.stated_comment_count in (None, len(reading.story.comments))
    assert reading.story.published_at is not None
    assert set(codes(reading)) <= {"zone-decided", "link-lost", "text-between-comments"}


def test_a_page_without_a_photograph_has_none() -> None:
    story = read_sample("no_photograph.txt").story

    assert story.content.photo is None
    assert (story.content.place, story.content.agency) == ("LONDON", "AP")
    assert story.published_at == datetime(2015, 7, 7, 9, 5, tzinfo=UTC)


def test_a_body_line_that_ends_in_wrote_begins_no_comment() -> None:
    reading = read_sample("body_says_wrote.txt")

    assert reading.story.content.paragraphs[1].endswith("wrote:")
    assert len(reading.story.content.paragraphs) == 4
    assert names(reading) == ["mousefriend", "Bert Ash"]


def test_a_comment_line_that_ends_in_wrote_begins_no_comment() -> None:
    reading = read_sample("comment_says_wrote.txt")

    assert names(reading) == ["Jo Fenn", "tick.tock"]
    assert "My neighbour wrote:" in reading.story.comments[0].text.split("\n\n")
    assert reading.story.comments[1].text == "The baker wrote:\nit is slow anyway."


def test_a_comment_may_quote_anothers_stamp_and_even_its_report_link() -> None:
    reading = read_sample("comment_quotes_stamp.txt")

    assert names(reading) == ["Ada", "Ben", "Ada"]
    assert times(reading) == ["2012-10-10 17:30", "2012-10-10 18:05", "2012-10-10 18:09"]
    assert reading.story.comments[1].text.count("1:30pm EDT") == 2


@pytest.mark.parametrize(
    ("sample", "published", "commented", "agency"),
    [
        ("german.txt", "2012-10-03 07:09", ["2012-10-03 08:00", "2012-10-03 10:15"], "dpa"),
        ("french.txt", "2012-10-03 07:09", ["2012-10-03 08:20"], "AFP"),
        ("spanish.txt", "2012-10-03 07:09", ["2012-10-03 07:30", "2012-10-03 19:45"], "EFE"),
        ("arabic.txt", "2012-10-03 07:09", ["2012-10-03 08:00", "2012-10-03 19:15"], "نوربرس"),
    ],
)
def test_a_page_in_another_language_is_read_alike(
    sample: str, published: str, commented: list[str], agency: str
) -> None:
    reading = read_sample(sample)

    assert f"{reading.story.published_at:%Y-%m-%d %H:%M}" == published
    assert times(reading) == commented
    assert reading.story.content.agency == agency
    assert reading.story.closed is True


def test_a_german_page_gives_topics_photograph_credits_and_its_update() -> None:
    content = read_sample("german.txt").story.content

    assert content.topics == ("Seilbahnen", "Landwirtschaft")
    assert content.photo == Photo(caption="Die Gondel über dem Kehltal am Dienstag.", credit="Nordbild/Ina Groß")
    assert content.credits == Credits(reporting=("Ina Groß", "Bernd Czech"), editing=("Carl Dorn",))
    assert content.updated_at == datetime(2012, 10, 3, 9, 30, tzinfo=UTC)


def test_an_open_discussion_invites_and_one_that_says_nothing_is_neither_open_nor_closed() -> None:
    invites, silent = read_sample("open_discussion.txt").story, read_sample("names.txt").story

    assert (invites.closed, invites.closing_notice) == (False, None)
    assert (silent.closed, silent.closing_notice) == (None, None)


def test_a_page_without_comments_says_none() -> None:
    story = read_sample("no_comments.txt").story

    assert (story.stated_comment_count, story.comments) == (0, ())
    assert len(story.content.paragraphs) == 2


def test_a_photograph_may_stand_below_the_comments() -> None:
    reading = read_sample("comments_before_photo.txt")

    photo = reading.story.content.photo
    assert photo is not None
    assert (photo.caption[:18], photo.credit) == ("Four yellow cranes", "Norpress/Ines Quill")
    assert reading.story.comments[0].text == "About time."


def test_a_photograph_may_have_a_credit_only_and_a_headline_a_colon() -> None:
    content = read_sample("credit_only_photo.txt").story.content

    assert content.headline == "Verdict: the pumpkin was too large"
    assert content.photo == Photo(credit="Norpress/Ines Quill")
    assert content.topics == ("Gardens", "Weights and Measures")
    assert len(content.paragraphs) == 2


def test_a_name_may_have_spaces_another_script_and_the_word_wrote_in_it() -> None:
    reading = read_sample("names.txt")

    assert names(reading) == ["Mary Ann O’Dell-Smith", "سالم البحار", "He who wrote too much", "Σοφία Κ."]
    assert times(reading) == ["2013-02-06 00:05", "2013-02-06 12:30", "2013-02-06 13:05", "2013-02-06 12:00"]


def test_lines_that_a_program_broke_are_joined_in_the_story_and_kept_in_a_comment() -> None:
    story = read_sample("hard_wrapped.txt").story

    assert [paragraph.count("\n") for paragraph in story.content.paragraphs] == [0, 0]
    assert "given a bridge, which is short, by" in story.content.paragraphs[0]
    assert story.comments[0].text == "First line of mine,\nsecond line of mine.\n\nNew paragraph."


def test_text_that_belongs_to_no_comment_is_left_out_and_remarked() -> None:
    reading = read_sample("stray_text.txt")

    assert [comment.text for comment in reading.story.comments] == ["It felt larger.", "Not to me."]
    assert codes(reading) == ["text-between-comments"]


def test_a_count_that_differs_is_told_with_both_figures() -> None:
    reading = read_text(a_page(a_comment(), a_comment("No."), count=7))

    assert reading.story.stated_comment_count == 7
    (remark,) = reading.remarks
    assert remark.code == "comment-count-differs"
    assert "7" in remark.text
    assert "2" in remark.text


def test_hundreds_of_comments_are_all_read() -> None:
    page = a_page(
        *(
            a_comment(f"Remark {i}.\n\nAnd more.", by=f"reader {i}", at=f"Oct 04, 2012 {i // 60}:{i % 60:02} EDT")
            for i in range(700)
        )
    )

    story = read_text(page).story

    assert [comment.name for comment in story.comments] == [f"reader {i}" for i in range(700)]
    assert story.comments[699].text == "Remark 699.\n\nAnd more."


@pytest.mark.parametrize(
    "foot",
    ["Report as abuse", "Report abuse", "Flag", "Report", "Flag as inappropriate", "Reply | Report abuse", "[Report]"],
)
@pytest.mark.parametrize("between", ["\u00a0 \u00a0 --\u00a0 \u00a0 ", " | ", " · ", "  "])
def test_a_comments_last_line_may_look_like_this(foot: str, between: str) -> None:
    comment = f"Ada wrote:\nYes.\n\nOct 03, 2012\u00a04:12am EDT{between}{foot}\n"

    assert times(read_text(a_page(comment, comment))) == ["2012-10-03 08:12"] * 2


def test_comments_may_end_in_a_bare_stamp_where_no_comment_has_a_report_link() -> None:
    comment = "Ada wrote:\nYes.\nOct 03, 2012 4:12am EDT\n\n"

    reading = read_text(a_page(comment, comment, comment))

    assert [comment.text for comment in reading.story.comments] == ["Yes."] * 3


def test_the_count_under_a_headline_does_not_begin_the_discussion() -> None:
    page = a_page(a_comment()).replace("\n\nWed", "\n\nComments (1)\n\nWed")

    reading = read_text(page)

    assert len(reading.story.content.paragraphs) == 2
    assert names(reading) == ["Ada Lund"]


def test_a_comment_may_speak_of_closed_comments_and_of_counts() -> None:
    text = "Comments are closed elsewhere.\n\nComments (3)\n\nThis conversation is closed."

    reading = read_text(a_page(a_comment(text), a_comment("Not here."), end=""))

    assert reading.story.comments[0].text == text
    assert reading.story.closed is None


def test_a_page_without_dateline_photograph_or_notices_is_still_a_story() -> None:
    reading = read_text(
        "Geese return\n\nBy Ada Lund and Bo Carr\n\nMar 4, 2013 8:00am GMT\n\n"
        "The geese of Quill came home on Monday, all eleven of them.\n\nThey were tired.\n"
    )

    content = reading.story.content
    assert (content.headline, content.byline) == ("Geese return", ("Ada Lund", "Bo Carr"))
    assert (content.place, content.agency, len(content.paragraphs)) == ("", "", 2)


def test_a_stamps_line_may_name_the_writer_and_the_place() -> None:
    reading = read_text(
        "Geese return\n\nBy Ada Lund | Mar 4, 2013 8:00am GMT | Updated Mar 5, 2013 9:00am GMT\n\n"
        "QUILL Mar 4, 2013 8:00am GMT\n\nThe geese of Quill came home on Monday, all eleven of them.\n"
    )

    content = reading.story.content
    assert (content.byline, content.place) == (("Ada Lund",), "QUILL")
    assert content.updated_at == datetime(2013, 3, 5, 9, tzinfo=UTC)
    assert len(content.paragraphs) == 1


def test_notices_may_stand_below_the_discussion() -> None:
    notices = (
        "Views expressed in comments are their writers' own.\n\n"
        "Flag what is inappropriate; our guidelines tell more.\n\nMore from Tolla"
    )

    reading = read_text(a_page(a_comment(), end=f"\n{notices}"))

    assert (reading.story.disclaimer or "").startswith("Views expressed")
    assert (reading.story.policy_notice or "").startswith("Flag what is")
    assert codes(reading) == ["text-below-discussion"]


def test_further_photographs_and_unknown_credits_are_left_out_and_remarked() -> None:
    photographs = "".join(f"\n\nThe wheel, seen from the {side}. NORPRESS/Ines Quill" for side in ("left", "right"))
    page = a_page().replace("\n\nTOLLA", f"{photographs}\n\nTOLLA", 1)
    page = page.replace("\n\nComments", "\n\n(Writing by Ada Lund; Graphics by Bo Carr)\n\nComments")

    reading = read_text(page)

    assert reading.story.content.photo == Photo(caption="The wheel, seen from the left.", credit="NORPRESS/Ines Quill")
    assert codes(reading) == ["photographs-left-out", "credits-left-out"]


def test_an_ambiguous_zone_is_decided_by_the_dateline_or_refused() -> None:
    stamp, comment = "Wed Jan 2, 2013 9:00am CST", a_comment(at="Jan 02, 2013 10:00am CST")

    decided = read_text(a_page(comment, stamp=stamp, place="SHANGHAI"))

    assert times(decided) == ["2013-01-02 02:00"]
    assert codes(decided) == ["zone-decided"]
    with pytest.raises(AmbiguousZone, match=r"America/Chicago.*Asia/Shanghai.*America/Havana"):
        read_text(a_page(comment, stamp=stamp))


def test_a_comments_ambiguous_zone_is_the_storys_own() -> None:
    page = a_page(a_comment(at="Nov 05, 2012 4:12am EST"), stamp="Sat Nov 3, 2012 3:09am EDT")

    assert times(read_text(page)) == ["2012-11-05 09:12"]


def test_a_stamp_without_a_zone_is_the_sites_or_refused() -> None:
    page = a_page(a_comment(at="03.10.2012 09:30 Uhr"), stamp="Mi 3. Okt. 2012, 9:09")

    reading = read_text(page, site_zone="Europe/Berlin")

    assert times(reading) == ["2012-10-03 07:30"]
    assert codes(reading) == ["zone-assumed"]
    with pytest.raises(NoZone):
        read_text(page)


def test_an_unknown_zone_is_refused_by_its_name() -> None:
    with pytest.raises(UnknownZone, match="XQT"):
        read_text(a_page(a_comment(at="Oct 03, 2012 4:12am XQT")))


def test_a_date_without_a_time_is_the_beginning_of_the_sites_day_or_nothing() -> None:
    page = a_page(stamp="October 3, 2012")

    assert f"{read_text(page, site_zone='Europe/Berlin').story.published_at}" == "2012-10-02 22:00:00+00:00"
    without = read_text(page)
    assert without.story.published_at is None
    assert codes(without) == ["no-publication-time"]


def test_a_comment_older_than_the_story_is_remarked() -> None:
    assert codes(read_text(a_page(a_comment(at="Oct 03, 2012 2:12am EDT")))) == ["comment-before-story"]


def test_a_page_that_stops_inside_a_comment_is_refused() -> None:
    with pytest.raises(Truncated, match="hook"):
        read_sample("stops_inside_comment.txt")


def test_a_page_that_stops_inside_its_first_comment_is_refused() -> None:
    page = a_page(a_comment()).split("\n\nOct 03")[0]

    with pytest.raises(Truncated):
        read_text(page)


def test_a_comment_without_a_date_above_the_closing_notice_is_refused() -> None:
    with pytest.raises(BadFile, match="Ada Lund"):
        read_text(a_page("Ada Lund wrote:\nUndated.\n\n"))


def test_a_page_that_stops_inside_its_story_is_remarked() -> None:
    page = a_page().split("Comments (")[0].rstrip()[:-12]

    assert codes(read_text(page)) == ["may-be-cut-off"]


@pytest.mark.parametrize(
    "page", ["Mill wheel turns\n\nWed Oct 3, 2012 3:09am EDT\n", "Mill wheel turns\n\nComments (0)"]
)
def test_a_headline_alone_is_no_story(page: str) -> None:
    with pytest.raises(NoArticle):
        read_text(page)


def test_text_of_another_kind_is_no_story() -> None:
    with pytest.raises(UnknownFormat):
        read_text("Shopping\n\nTurnips, bread and a very long ladder for the barn behind the house.\n\nString.\n")


words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=12)
paragraph_texts = st.lists(words, min_size=1, max_size=12).map(" ".join)
comment_texts = st.lists(paragraph_texts, min_size=1, max_size=4).map("\n\n".join)


@given(st.lists(st.tuples(words, comment_texts), max_size=5))
def test_whatever_readers_write_comes_back_as_they_wrote_it(written: list[tuple[str, str]]) -> None:
    page = a_page(*(a_comment(text, by=name) for name, text in written))

    story = read_text(page).story

    assert [(comment.name, comment.text) for comment in story.comments] == written
