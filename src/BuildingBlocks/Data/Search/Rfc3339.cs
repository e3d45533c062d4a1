using System.Globalization;
using System.Text.RegularExpressions;

namespace Monolith.Data.Search;

/// <summary>Timestamps such as <c>2023-01-14T23:59:59.123456789+12:00</c>; letters in any case, digits beyond a tick are cut.</summary>
public static partial class Rfc3339
{
    private const int TickDigits = 7;

    /// <summary>The instant in UTC, or null when the text is no timestamp or lies outside the years 1 to 9999.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success || !DateTime.TryParseExact(
            match.Groups["local"].Value.ToUpperInvariant(), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;

        var digits = match.Groups["fraction"].Value;
        var fraction = digits.Length == 0 ? 0 : long.Parse(digits.PadRight(TickDigits, '0')[..TickDigits], CultureInfo.InvariantCulture);
        if (Offset(match) is not { } offset)
            return null;
        var ticks = local.Ticks + fraction - offset;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    private static long? Offset(Match match)
    {
        if (!match.Groups["hours"].Success)
            return 0;
        var hours = int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture);
        var minutes = int.Parse(match.Groups["minutes"].Value, CultureInfo.InvariantCulture);
        if (hours > 23 || minutes > 59)
            return null;
        var offset = new TimeSpan(hours, minutes, 0).Ticks;
        return match.Groups["sign"].Value == "-" ? -offset : offset;
    }

    [GeneratedRegex(@"^(?<local>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]+))?([Zz]|(?<sign>[+-])(?<hours>[0-9]{2}):(?<minutes>[0-9]{2}))\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
