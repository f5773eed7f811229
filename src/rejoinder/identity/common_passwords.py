"""Passwords that are tried first by whoever tries passwords: runs along the keyboard, first words, favourite things.
Only what could pass for ten characters, by itself or with figures around it.
"""

COMMON = frozenset(
    """
    password passwort kennwort passw0rd p@ssword p@ssw0rd motdepasse contraseña contrasena wachtwoord parola
    mypassword thepassword yourpassword newpassword oldpassword passwordpassword
    secret topsecret letmein letmeinnow letmeinplease openup opensesame changeme changemenow changeit default
    welcome welcomeback welcome1 hello helloworld hellohello goodmorning trustno iloveyou ilovegod ilovemyself
    iloveyousomuch iloveyouforever lovelove loveme princess sunshine football baseball basketball superman batman
    spiderman starwars pokemon dragon monkey shadow master mustang michael jennifer charlie chocolate butterfly
    computer internet whatever blink182 liverpool liverpoolfc manchester manchesterunited arsenal chelsea barcelona
    realmadrid juventus administrator administrator1 admin adminadmin rootroot guestguest testtest testing
    testing123 moderator editor newsroom newspaper commenter comments rejoinder journalist reporter
    qwerty qwertyui qwertyuiop qwertzuiop azertyuiop asdfghjkl asdfghjklö asdfasdf zxcvbnm yxcvbnm qwertyqwerty
    qwerty123456 qwe123qwe123 qazwsxedc qazwsxedcrfv 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1q2w3e4r5t 1q2w3e4r5t6y
    q1w2e3r4t5 q1w2e3r4t5y6 zaq12wsxcde3 asdfghjkl123 poiuytrewq mnbvcxzlkj
    1234567890 12345678910 123456789012 0123456789 0987654321 9876543210 1234567891 123456123456 1234512345
    12344321 112233445566 11223344556677889900 1357924680 2468013579 3141592653 31415926535 1029384756
    abcdefghij abcdefghijk abcdefghijkl abcdefghijklmnopqrstuvwxyz abcd123456 abc1234567 abcde12345 a1b2c3d4e5
    a123456789 aa12345678 q123456789 1234567890a 123456789a 1234567890q 12345qwert qwert12345
    correcthorsebatterystaple abracadabra supercalifragilisticexpialidocious
    """.split()  # noqa: SIM905 - a list of words is read more easily than a list of quotation marks
)
