"""What is wrong with settings, all of it at once."""


class SettingsError(Exception):
    """Settings that cannot be used; `problems` has a line for each, in the order of the settings."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
