"""The entrance for browsers and programs: translate, guard, answer. It decides nothing."""
