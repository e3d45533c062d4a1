namespace Monolith.Members.Sessions;

/// <summary>What passwords are guessed by first. Each of these tells an attacker no more than two characters do.</summary>
internal static class CommonWords
{
    private static readonly string[] Words =
    [
        "administrator", "correcthorsebatterystaple", "password", "passwort", "passphrase", "passcode", "trustno", "superman", "baseball", "football", "princess",
        "sunshine", "starwars", "whatever", "computer", "internet", "michelle", "jennifer", "iloveyou", "letmein", "welcome", "changeme", "default", "monolith", "charlie",
        "michael", "freedom", "shadow", "dragon", "monkey", "master", "summer", "winter", "spring", "autumn", "secret", "access", "hunter", "batman", "jordan", "harley", "ranger",
        "ginger", "cheese", "pepper", "soccer", "hockey", "killer", "george", "andrew", "daniel", "thomas", "robert", "joshua", "matthew", "service", "manager",
        "qwertyuiop", "qwertzuiop", "asdfghjkl", "qwerty", "qwertz", "azerty", "asdfgh", "yxcvbn", "zxcvbn", "1qaz2wsx", "1q2w3e4r", "qazwsx", "asdf", "qwer",
        "login", "admin", "hello", "guest", "super", "coder", "demo", "root", "test", "user", "pass", "love", "abc", "xyz",
    ];

    /// <summary>The password with two marks in place of each common word, year and run of neighbors. It has no more characters than before.</summary>
    public static string Shorten(string password)
    {
        var plain = string.Create(password.Length, password, (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
                to[i] = Usual(char.ToLowerInvariant(from[i]));
        });
        var kept = new System.Text.StringBuilder(password.Length);
        for (var i = 0; i < password.Length;)
        {
            var length = Math.Max(Year(password, i), Math.Max(WordAt(password.ToLowerInvariant(), i), Math.Max(WordAt(plain, i), Run(password, i))));
            kept.Append(length > 2 ? password.AsSpan(i, 2) : password.AsSpan(i, 1));
            i += length > 2 ? length : 1;
        }
        return kept.ToString();
    }

    private static int WordAt(string text, int at) =>
        Words.Where(word => string.CompareOrdinal(text, at, word, 0, word.Length) == 0).Select(word => word.Length).DefaultIfEmpty().Max();

    private static int Year(string text, int at) =>
        at + 4 <= text.Length && text.AsSpan(at, 2) is "19" or "20" && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3]) ? 4 : 0;

    // 1234, dcba, aaaa: each one the step of the one before.
    private static int Run(string text, int at)
    {
        if (at + 2 >= text.Length)
            return 0;
        var step = text[at + 1] - text[at];
        if (step is < -1 or > 1)
            return 0;
        var end = at + 2;
        while (end < text.Length && text[end] - text[end - 1] == step)
            end++;
        return end - at;
    }

    private static char Usual(char c) => c switch
    {
        '0' => 'o',
        '1' or '!' or '|' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' or '+' => 't',
        '8' => 'b',
        '9' => 'g',
        _ => c,
    };
}
