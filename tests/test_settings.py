"""Settings: where they come from, what is refused, and the secret that is made when none is set."""

import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.mail.sender import ConsoleSender, NoSender
from rejoinder.mail.smtp import SmtpSender, Tls
from rejoinder.settings import MailBy, Settings, SettingsError, load_secret, load_settings, sender_for
from rejoinder.settings.fields import FIELDS


def problems(environ: dict[str, str], directory: Path) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ, directory)
    return caught.value.problems


def test_the_default_needs_nothing(tmp_path: Path) -> None:
    assert load_settings({"PATH": "/bin"}, tmp_path) == Settings()


def test_the_environment_sets_each_kind_of_value(tmp_path: Path) -> None:
    environ = {
        "REJOINDER_DATABASE_URL": "postgresql://desk@db.example/comments",
        "REJOINDER_SESSION_DAYS": "7",
        "REJOINDER_WORKER": "no",
        "REJOINDER_STAFF_SECOND_FACTOR": "true",
        "REJOINDER_TRUSTED_PROXIES": "10.0.0.0/8, 2001:db8::1",
        "REJOINDER_MAIL": "none",
        "REJOINDER_DATA_DIR": "kept",
        "REJOINDER_PUBLIC_URL": "https://comments.courier.example/",
        "REJOINDER_LANGUAGE": "de-AT",
    }

    settings = load_settings(environ, tmp_path)

    assert settings == Settings(
        database_url="postgresql://desk@db.example/comments",
        session_days=7,
        worker=False,
        trusted_proxies=("10.0.0.0/8", "2001:db8::1"),
        mail=MailBy.NONE,
        data_dir=Path("kept"),
        public_url="https://comments.courier.example",
        language="de-AT",
    )


def test_the_sqlite_file_moves_with_the_data_folder(tmp_path: Path) -> None:
    settings = load_settings({"REJOINDER_DATA_DIR": "/srv/courier"}, tmp_path)

    assert settings.database_url == "sqlite:////srv/courier/rejoinder.db"


def test_a_file_sets_values_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "rejoinder.toml").write_text(
        'session_days = 7\nundo_seconds = 60\ntrusted_proxies = ["127.0.0.1"]\nworker = false\n'
    )

    settings = load_settings({"REJOINDER_UNDO_SECONDS": "5"}, tmp_path)

    assert (settings.session_days, settings.undo_seconds, settings.worker) == (7, 5, False)
    assert settings.trusted_proxies == ("127.0.0.1",)


def test_a_named_file_is_read_in_place_of_the_usual_one(tmp_path: Path) -> None:
    (tmp_path / "rejoinder.toml").write_text("session_days = 7")
    (tmp_path / "other.toml").write_text("session_days = 8")

    assert load_settings({"REJOINDER_CONFIG": str(tmp_path / "other.toml")}, tmp_path).session_days == 8


def test_a_named_file_that_is_missing_is_told(tmp_path: Path) -> None:
    [problem] = problems({"REJOINDER_CONFIG": "nowhere.toml"}, tmp_path)

    assert problem.startswith("nowhere.toml: cannot be read")


@pytest.mark.parametrize("text", [b"session_days = ", b"\xff\xfe", b"= 3"])
def test_a_file_that_is_no_toml_is_told(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "rejoinder.toml").write_bytes(text)

    [problem] = problems({}, tmp_path)

    assert problem.startswith("rejoinder.toml: cannot be read")


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert load_settings({"REJOINDER_SESSION_DAYS": "", "REJOINDER_SECRET": ""}, tmp_path) == Settings()


def test_an_unknown_name_is_told_with_the_nearest_known_one(tmp_path: Path) -> None:
    (tmp_path / "rejoinder.toml").write_text("sesion_days = 7\nzzz = 1\n[smtp]\nhost = 'mail.example'\n")

    assert problems({"REJOINDER_DATABSE_URL": "sqlite:///a"}, tmp_path) == [
        "rejoinder.toml: sesion_days is not a setting; did you mean session_days?",
        "rejoinder.toml: zzz is not a setting.",
        "rejoinder.toml: smtp is not a setting; did you mean smtp_tls?",
        "REJOINDER_DATABSE_URL is not a setting; did you mean REJOINDER_DATABASE_URL?",
    ]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "rejoinder.toml").write_text('session_days = "often"')

    told = problems({"REJOINDER_MAIL": "pigeon", "REJOINDER_SMTP_PORT": "0", "REJOINDER_WROKER": "1"}, tmp_path)

    assert told == [
        "REJOINDER_WROKER is not a setting; did you mean REJOINDER_WORKER?",
        "REJOINDER_MAIL: 'pigeon' cannot be used: it can be console, smtp, none",
        "REJOINDER_SMTP_PORT: '0' cannot be used: Expected `int` >= 1",
        "rejoinder.toml: session_days: 'often' cannot be used: Expected `int`, got `str`",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://db.example/comments"),
        ("PUBLIC_URL", "comments.courier.example"),
        ("PUBLIC_URL", "https://courier.example/comments"),
        ("PUBLIC_URL", "https://[::1"),
        ("SECRET", "too short"),
        ("LANGUAGE", "nonsense"),
        ("MAIL_FROM", "nobody"),
        ("MAIL_FROM", "Desk <desk@courier.example>\nBcc: all@courier.example"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, proxy.example"),
        ("WORKER", "perhaps"),
        ("SMTP_PORT", "65536"),
        ("UNDO_SECONDS", "-1"),
        ("MAX_BODY_BYTES", "1e3"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_bad_value_is_told_by_its_name(tmp_path: Path, name: str, value: str) -> None:
    [problem] = problems({f"REJOINDER_{name}": value}, tmp_path)

    assert problem.startswith(f"REJOINDER_{name}: ")
    assert "cannot be used: " in problem


@pytest.mark.parametrize(("key", "value"), [("data_dir", "3"), ("worker", "[]"), ("mail", "{}"), ("log_format", "1")])
def test_a_value_of_another_kind_in_the_file_is_told(tmp_path: Path, key: str, value: str) -> None:
    (tmp_path / "rejoinder.toml").write_text(f"{key} = {value}")

    [problem] = problems({}, tmp_path)

    assert problem.startswith(f"rejoinder.toml: {key}: ")


def test_smtp_needs_a_server(tmp_path: Path) -> None:
    assert problems({"REJOINDER_MAIL": "smtp"}, tmp_path) == [
        "smtp_host: is missing; where `mail` is `smtp`, it names the server."
    ]


@pytest.mark.parametrize("name", ["SECRET", "DATABASE_URL"])
def test_a_bad_secret_is_never_shown(tmp_path: Path, name: str) -> None:
    [problem] = problems({f"REJOINDER_{name}": "swordfish"}, tmp_path)

    assert "swordfish" not in problem


def test_settings_show_no_secret() -> None:
    settings = Settings(secret="x" * 40, smtp_password="swordfish", database_url="postgresql://desk:pike@db/c")

    shown = repr(settings)

    assert "swordfish" not in shown
    assert "xxx" not in shown
    assert "pike" not in shown
    assert "session_days=30" in shown


@given(environ=st.dictionaries(st.sampled_from([f"REJOINDER_{name.upper()}" for name in FIELDS]), st.text(max_size=20)))
def test_any_text_is_a_value_or_a_told_problem(environ: dict[str, str]) -> None:
    with suppress(SettingsError):
        assert isinstance(load_settings(environ, Path("/nonexistent")), Settings)


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")

    first, second = load_secret(settings), load_secret(settings)

    assert first == second
    assert len(first) >= 48
    assert stat.S_IMODE((tmp_path / "data" / "secret").stat().st_mode) == 0o600


def test_processes_that_start_together_get_one_secret(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: load_secret(settings), range(32)))

    assert len(made) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_secret_that_is_set_makes_no_file(tmp_path: Path) -> None:
    assert load_secret(Settings(secret="s" * 32, data_dir=tmp_path / "data")) == "s" * 32
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("kept", [b"", b"short\n", b"\xff" * 64])
def test_a_damaged_secret_is_told_and_left_alone(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "secret").write_bytes(kept)

    with pytest.raises(SettingsError, match="secret"):
        load_secret(Settings(data_dir=tmp_path))

    assert (tmp_path / "secret").read_bytes() == kept


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands here")

    with pytest.raises(SettingsError, match="cannot be used"):
        load_secret(Settings(data_dir=tmp_path / "data"))


def test_the_sender_is_the_one_that_is_set() -> None:
    assert isinstance(sender_for(Settings()), ConsoleSender)
    assert isinstance(sender_for(Settings(mail=MailBy.NONE)), NoSender)
    assert isinstance(
        sender_for(Settings(mail=MailBy.SMTP, smtp_host="mail.example", smtp_tls=Tls.IMPLICIT)), SmtpSender
    )
