using System.Globalization;
using System.Text;
using Monolith.Web.Dashboard;

namespace Monolith.Entitlements.Dashboard;

/// <summary>The seat chart in a field of 1,000 by 240, scaled to what is used: a limit far above it stands at the edge in words, not as empty space.</summary>
internal sealed record SeatPlot
{
    private const double Width = 1000;
    private const double Height = 240;
    private const int MostHits = 100;

    // From here on a limit would press the line of what is used into the lower quarter.
    private const int FarAbove = 4;

    private readonly IReadOnlyList<SeatChart.Point> _points;
    private readonly DateOnly _first;
    private readonly int _days;

    private SeatPlot(IReadOnlyList<SeatChart.Point> points, DateOnly? fullOn)
    {
        _points = points;
        _first = points[0].Day;
        var (today, highest) = (points[^1].Day, points.Max(point => point.Holders));
        var inSight = points.Where(point => point.Limit is { } limit && limit <= FarAbove * Math.Max(highest, 1)).Select(point => point.Limit!.Value).DefaultIfEmpty(0).Max();
        Top = Ceiling(Math.Max(highest, inSight));
        IsLimitInSight = points[^1].Limit is { } now && now <= Top;
        // A projection that would leave more than half of the field empty is not drawn.
        var drawn = fullOn is { } full && full > today && full.DayNumber - today.DayNumber <= Math.Max(points.Count, 30) && IsLimitInSight;
        Last = drawn ? fullOn!.Value : today;
        _days = Math.Max(1, Last.DayNumber - _first.DayNumber);
        if (drawn)
            Projection = Band(today, Last, points[^1].Holders, points[^1].Limit!.Value);
        var peak = points.MaxBy(point => point.Holders)!;
        Peak = peak.Holders > points[^1].Holders ? peak : null;
    }

    /// <summary>The seats at the upper edge.</summary>
    public long Top { get; }

    /// <summary>Whether today's limit lies in the field.</summary>
    public bool IsLimitInSight { get; }

    /// <summary>The day at the right edge.</summary>
    public DateOnly Last { get; }

    /// <summary>Where the present rate leads: the surface between half of it and one and a half times of it; empty when nothing is drawn.</summary>
    public string Projection { get; } = "";

    /// <summary>The day with the most seats; null when that is today.</summary>
    public SeatChart.Point? Peak { get; }

    public string Seats => Line(_points.Select(point => (X(point.Day), Y(point.Holders))));

    public string Area => $"{Seats}V{Text(Height)}H0Z";

    public string Today => Dot(_points[^1]);

    /// <summary>The strip of each day, with the text that a mouse brings up; none when there are too many days.</summary>
    public IReadOnlyList<Hit> Hits => _points.Count > MostHits ? [] : [.. _points.Select(point => HitOf(point, X(point.Day), Width / _days))];

    /// <summary>Five days from edge to edge, or as many as there are.</summary>
    public IReadOnlyList<DateOnly> Marks => [.. Enumerable.Range(0, 5).Select(part => _first.AddDays(_days * part / 4)).Distinct()];

    /// <summary>The limit as steps: it holds until the day it changes; days without one leave a gap, and today's goes on to the edge. Empty where it is out of sight.</summary>
    public string Limit
    {
        get
        {
            var path = new StringBuilder();
            long? current = null;
            foreach (var point in _points)
            {
                var limit = point.Limit is { } value && value <= Top ? point.Limit : null;
                if (current is not null)
                    path.Append(CultureInfo.InvariantCulture, $"H{Text(X(point.Day))}");
                if (limit is { } now && now != current)
                    path.Append(CultureInfo.InvariantCulture, $"{(current is null ? $"M{Text(Math.Max(0, X(point.Day) - (Width / _days / 2)))} " : "V")}{Text(Y(now))}");
                current = limit;
            }

            // A limit of one day is a line, too.
            return current is null ? path.ToString() : path.Append(CultureInfo.InvariantCulture, $"H{Text(Width)}").ToString();
        }
    }

    public static SeatPlot Of(IReadOnlyList<SeatChart.Point> points, DateOnly? fullOn) => new(points, fullOn);

    public string Dot(SeatChart.Point point) => $"M{Text(X(point.Day))} {Text(Y(point.Holders))}h0";

    /// <summary>The height of a number of seats in percent of the field, from above.</summary>
    public string Percent(long seats) => $"{Text(100 * Y(seats) / Height)}%";

    /// <summary>The place of a day in percent of the field.</summary>
    public string PercentOf(DateOnly day) => $"{Text(100 * X(day) / Width)}%";

    private string Band(DateOnly from, DateOnly to, long start, long end)
    {
        var (slow, fast) = (start + ((end - start) / 2), Math.Min(Top, start + ((end - start) * 3 / 2)));
        return $"{Line([(X(from), Y(start)), (X(to), Y(fast)), (X(to), Y(slow))])}Z";
    }

    private double X(DateOnly day) => Width * (day.DayNumber - _first.DayNumber) / _days;

    private double Y(long seats) => Height - (Height * seats / Top);

    /// <summary>The strip of a day.</summary>
    internal sealed record Hit(string X, string Width, string Text);

    private static Hit HitOf(SeatChart.Point point, double middle, double width) => new(
        Text(middle - (width / 2)),
        Text(width),
        Phrase.Of(
            point.Limit is null ? Texts.HitNoLimit : Texts.Hit,
            Phrase.Date(point.Day),
            Phrase.Number(point.Holders),
            Phrase.Number(point.Limit ?? 0)));

    private static string Line(IEnumerable<(double X, double Y)> points) => "M" + string.Join('L', points.Select(point => $"{Text(point.X)} {Text(point.Y)}"));

    /// <summary>A round even number above the highest value, so that the middle of the scale is whole.</summary>
    private static long Ceiling(long highest)
    {
        var wanted = Math.Max(2, highest * 1.1);
        var step = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        foreach (var part in (double[])[1, 2, 3, 4, 5, 6, 8, 10])
            if (step * part >= wanted && step * part % 2 == 0)
                return (long)(step * part);
        return (long)(step * 20);
    }

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
