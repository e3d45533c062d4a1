using System.Diagnostics.Metrics;
using Monolith.Kernel.Telemetry;

namespace Monolith.Web.Http;

/// <summary>Headers that handlers want on the answer: an entity tag, an enrichment that failed. Scoped; the host copies them before the body starts.</summary>
public sealed class ResponseHeaders
{
    /// <summary><c>estimate</c> on a page whose <c>count</c> is one.</summary>
    public const string Count = "X-Monolith-Count";

    private static readonly Counter<long> Failures =
        MonolithMeter.Instance.CreateCounter<long>("monolith.enrichment.failures", "{answer}", "Answers that had to do without an optional part.");

    private readonly Dictionary<string, string> _headers = [];

    /// <summary>The headers noted so far.</summary>
    public IReadOnlyDictionary<string, string> Headers => _headers;

    /// <summary>The <c>ETag</c> of the row that is answered, without quotes.</summary>
    public void EntityTag(string value) => _headers["ETag"] = $"\"{value}\"";

    /// <summary>An optional part of the answer could not be filled; the answer stands without it.</summary>
    public void EnrichmentFailed(string enrichment)
    {
        _headers["X-Monolith-Enrichment"] = $"{enrichment}=failed";
        Failures.Add(1, new KeyValuePair<string, object?>("enrichment", enrichment));
    }
}
