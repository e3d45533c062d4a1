using System.Globalization;
using System.Text;
using Monolith.Web.Dashboard;

namespace Monolith.Entitlements.Dashboard;

/// <summary>The paths of the seat chart in a field of 1,000 by 240.</summary>
internal sealed record SeatPlot(
    long Top, string Seats, string Area, string Limit, string Projection, string Today, DateOnly Middle, DateOnly Last, IReadOnlyList<SeatPlot.Hit> Hits)
{
    private const double Width = 1000;
    private const double Height = 240;
    private const int MostHits = 100;

    /// <summary>The strip of a day, with the text that a mouse brings up.</summary>
    internal sealed record Hit(string X, string Width, string Text);

    /// <summary>A projection that would leave more than half of the field empty is not drawn.</summary>
    public static SeatPlot Of(IReadOnlyList<SeatChart.Point> points, DateOnly? fullOn)
    {
        var (first, today) = (points[0].Day, points[^1].Day);
        var drawn = fullOn is { } full && full > today && full.DayNumber - today.DayNumber <= Math.Max(points.Count, 30) && points[^1].Limit is not null;
        var last = drawn ? fullOn!.Value : today;
        var days = Math.Max(1, last.DayNumber - first.DayNumber);
        var top = Ceiling(points.Max(point => Math.Max(point.Holders, point.Limit ?? 0)));
        double X(DateOnly day) => Width * (day.DayNumber - first.DayNumber) / days;
        double Y(long seats) => Height - (Height * seats / top);

        var seats = Line(points.Select(point => (X(point.Day), Y(point.Holders))));
        return new(
            top,
            seats,
            $"{seats}V{Text(Height)}H0Z",
            LimitPath(points, X, Y, X(last)),
            drawn ? Line([(X(today), Y(points[^1].Holders)), (X(last), Y(points[^1].Limit!.Value))]) : "",
            $"M{Text(X(today))} {Text(Y(points[^1].Holders))}h0",
            first.AddDays(days / 2),
            last,
            points.Count > MostHits ? [] : [.. points.Select(point => HitOf(point, X(point.Day), Width / days))]);
    }

    // A limit holds until the day it changes; days without one leave a gap. Today's goes on to the end of the field.
    private static string LimitPath(IReadOnlyList<SeatChart.Point> points, Func<DateOnly, double> x, Func<long, double> y, double end)
    {
        var path = new StringBuilder();
        long? current = null;
        foreach (var point in points)
        {
            if (current is not null)
                path.Append(CultureInfo.InvariantCulture, $"H{Text(x(point.Day))}");
            if (point.Limit is { } limit && limit != current)
                path.Append(CultureInfo.InvariantCulture, $"{(current is null ? $"M{Text(x(point.Day))} " : "V")}{Text(y(limit))}");
            current = point.Limit;
        }

        return current is null ? path.ToString() : path.Append(CultureInfo.InvariantCulture, $"H{Text(end)}").ToString();
    }

    private static Hit HitOf(SeatChart.Point point, double middle, double width) => new(
        Text(middle - (width / 2)),
        Text(width),
        Phrase.Of(
            point.Limit is null ? Texts.HitNoLimit : Texts.Hit,
            point.Day.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
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
