using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Monolith.Web.Http;

/// <summary>How the client wants a list: JSON, or CSV when it prefers that by the quality values of <c>Accept</c>. Nothing acceptable is JSON.</summary>
public sealed class ListFormat : IEndpointParameterMetadataProvider
{
    private const string CsvType = "text/csv";
    private const string JsonType = "application/json";
    private static readonly string[] LineTypes = ["application/x-ndjson", "application/jsonl"];

    private ListFormat(bool isCsv, bool isLines = false) => (IsCsv, IsLines) = (isCsv, isLines);

    /// <summary>CSV, for a link, which cannot say what it accepts.</summary>
    public static ListFormat Csv { get; } = new(true);

    /// <summary>JSON in lines, for a link.</summary>
    public static ListFormat Lines { get; } = new(false, true);

    /// <summary>True for CSV. A file is the whole list: page parameters are checked and left alone.</summary>
    public bool IsCsv { get; }

    /// <summary>True for JSON in lines, which only some lists offer; for the others it means nothing.</summary>
    public bool IsLines { get; }

    /// <summary>The format for the values of <c>Accept</c>.</summary>
    public static ListFormat Of(IList<string>? accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges))
            return new ListFormat(false);
        var (csv, json) = (Best(ranges, CsvType), Best(ranges, JsonType));
        var lines = LineTypes.Select(type => Best(ranges, type)).Max();
        return new ListFormat(csv.Quality > 0 && csv.CompareTo(json) > 0, lines.Quality > 0 && lines.CompareTo(json) > 0 && lines.CompareTo(csv) > 0);
    }

    /// <summary>Called by the framework.</summary>
    public static ValueTask<ListFormat?> BindAsync(HttpContext context) => ValueTask.FromResult<ListFormat?>(Of(context.Request.Headers.Accept));

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new OffersCsv());

    /// <summary>The quality of a type is that of the most specific range that names it; at the same quality the range that is more specific wins, then JSON.</summary>
    private static (double Quality, int Precision) Best(IList<MediaTypeHeaderValue> ranges, string type) => ranges
        .Where(range => range.MatchesMediaType(type))
        .Select(range => (Quality: range.Quality ?? 1, Precision: range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2))
        .OrderByDescending(range => range.Precision)
        .FirstOrDefault();
}

/// <summary>Marks an operation that answers CSV too, for the OpenAPI document.</summary>
public sealed class OffersCsv;
