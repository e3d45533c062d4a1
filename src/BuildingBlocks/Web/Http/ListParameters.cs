using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using Monolith.Data.Paging;

namespace Monolith.Web.Http;

/// <summary>Which part of a list a request asks for, as the query string has it. It is a parameter of the route.</summary>
/// <param name="Limit">As in <see cref="PageRequest.Parse"/>, like the others.</param>
/// <param name="Offset">Rows to skip.</param>
/// <param name="AfterId">The last row of the page before.</param>
/// <param name="Count">False leaves the count out.</param>
/// <param name="Format">JSON or a file.</param>
public sealed record ListParameters(string? Limit, string? Offset, string? AfterId, string? Count, ListFormat Format) : IEndpointParameterMetadataProvider
{
    private const string LimitName = "limit";
    private const string OffsetName = "offset";
    private const string AfterIdName = "after_id";
    private const string CountName = "count";

    /// <summary>The page that is wanted, with everything that is wrong with it.</summary>
    public PageRequest Page => Read(Format.IsCsv);

    /// <summary>The same for a list that also offers JSON in lines.</summary>
    public PageRequest PageOrLines => Read(Format.IsCsv || Format.IsLines);

    /// <summary>Called by the framework.</summary>
    public static ValueTask<ListParameters?> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        return ValueTask.FromResult<ListParameters?>(new(query[LimitName], query[OffsetName], query[AfterIdName], query[CountName], ListFormat.Of(context.Request.Headers.Accept)));
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ReadsQuery(parameter.Position, [LimitName, OffsetName, AfterIdName, CountName]));
        builder.Metadata.Add(new OffersCsv());
    }

    private PageRequest Read(bool isWhole) => PageRequest.Parse(Limit, Offset, AfterId, Count, isWhole ? ListScope.Whole : ListScope.Page);
}

/// <summary>How the client wants a list: JSON, or CSV when it prefers that by the quality values of <c>Accept</c>. Nothing acceptable is JSON.</summary>
public sealed class ListFormat
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

    /// <summary>The quality of a type is that of the most specific range that names it; at the same quality the range that is more specific wins, then JSON.</summary>
    private static (double Quality, int Precision) Best(IList<MediaTypeHeaderValue> ranges, string type) => ranges
        .Where(range => range.MatchesMediaType(type))
        .Select(range => (Quality: range.Quality ?? 1, Precision: range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2))
        .OrderByDescending(range => range.Precision)
        .FirstOrDefault();
}

/// <summary>Members of the query string that a parameter of a route reads by itself, for the OpenAPI document.</summary>
/// <param name="Position">The place of the parameter in the route's handler, from 0.</param>
/// <param name="Names">What it reads.</param>
public sealed record ReadsQuery(int Position, IReadOnlyList<string> Names);

/// <summary>Marks an operation that answers CSV too, for the OpenAPI document.</summary>
public sealed class OffersCsv;

/// <summary>Marks an operation that answers JSON in lines too, for the OpenAPI document.</summary>
public sealed class OffersLines;
