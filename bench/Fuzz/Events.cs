using System.Text.Json.Nodes;

namespace Monolith.Fuzz;

/// <summary>The events of the usage routes, which the description leaves open: one bad event is rejected alone.</summary>
internal sealed record Events(string Envelope, JsonNode List)
{
    private static readonly Events Interceptions = Parse("interceptions", """
        {"id":{"format":"uuid"},"initiator_id":{"format":"uuid"},"provider":{},"model":{},"client":{},"started_at":{"format":"date-time"},"ended_at":{"format":"date-time"},"metadata":{"type":"object","additionalProperties":{}}}
        """);

    private static readonly Events Builds = Parse("builds", """
        {"id":{"format":"uuid"},"workspace_id":{"format":"uuid"},"workspace_name":{},"owner_id":{"format":"uuid"},"organization_id":{"format":"uuid"},"build_number":{"type":"integer"},"transition":{"enum":["start","stop","delete"]},"has_ai_task":{"type":"boolean"},"created_at":{"format":"date-time"}}
        """);

    /// <summary>The events that a path takes; null when it takes none.</summary>
    public static Events? Of(string path) =>
        path.EndsWith("/ai-usage/interceptions", StringComparison.Ordinal) ? Interceptions
        : path.EndsWith("/ai-usage/workspace-builds", StringComparison.Ordinal) ? Builds
        : null;

    private static Events Parse(string envelope, string fields)
    {
        var properties = JsonNode.Parse(fields)!.AsObject();
        var required = new JsonArray([.. properties.Where(one => one.Key != "ended_at").Select(one => JsonValue.Create(one.Key))]);
        return new Events(envelope, new JsonObject
        {
            ["type"] = "array",
            ["items"] = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required },
        });
    }
}
