using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.OpenApi;
using Monolith.Web.Http;

namespace Monolith.Api.Description;

/// <summary>What the API document says about query parameters. They arrive as text, so that every bad one is named in one answer; the document tells what they are.</summary>
internal static class QueryParameters
{
    private static readonly Dictionary<string, (Action<OpenApiSchema> Type, string Meaning)> Known = new()
    {
        ["limit"] = (Whole(0, int.MaxValue), "The most rows to answer. Absent and 0: all of them, or the default of the route."),
        ["offset"] = (Whole(0, int.MaxValue), "Rows to pass over."),
        ["after_id"] = (Format("uuid"), "Begin after this row; it costs the same on every page."),
        ["count"] = (Flag, "False leaves the count out and spares its cost; the header Link tells whether there is more."),
        ["sort"] = (OneOf("username", "last_seen", "status", "ai_seat"), "The order. Absent: by username. ai_seat needs a license for AI seats."),
        ["dir"] = (OneOf("asc", "desc"), "The direction of the order. Absent: ascending."),
        ["from"] = (Format("date"), "The first day, UTC, inclusive. Absent: 29 days before to."),
        ["to"] = (Format("date"), "The last day, UTC, inclusive. Absent: today."),
        ["interval"] = (OneOf("day"), "The step of the series."),
        ["include_all"] = (Flag, "Also tokens of other people whom the caller may read."),
        ["exclude_members"] = (Flag, "Leaves the list of members empty; the count stays."),
        ["force"] = (Flag, "Also when the user still has workspaces: they are marked as deleted."),
        ["include_expired"] = (Flag, "Also tokens that have expired."),
        ["tz_offset"] = (Whole(-12, 14), "Older form of timezone: hours from UTC, east is positive."),
        ["days"] = (Whole(1, 3650), "Away for longer than so many days, from 1 to 3650. Absent: the setting Users__DormantAfter, or 90 while that is 0."),
        ["idle_days"] = (Whole(1, 3650), "Only holders of a seat whose last request and last AI use are both older than so many days, from 1 to 3650."),
        ["dry_run"] = (Flag, "True answers what would happen, and changes nothing."),
        ["timezone"] = (_ => { }, "The IANA name of a time zone, in place of tz_offset."),
    };

    /// <summary>Types and meanings where the route says nothing itself.</summary>
    public static void Describe(OpenApiOperation operation, ApiDescription route, SearchSyntax? search)
    {
        AddWhatIsRead(operation, route);
        var declared = route.ParameterDescriptions.ToDictionary(one => one.Name, one => (one.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Query) ?? [])
        {
            if (parameter.Name == "q" && search is not null)
            {
                parameter.Description = Meaning(search);
            }
            else if (parameter.Description is null && Known.TryGetValue(parameter.Name!, out var known) && parameter.Schema is OpenApiSchema schema)
            {
                parameter.Description = known.Meaning;
                known.Type(schema);
            }
            if (declared.GetValueOrDefault(parameter.Name!) is { } own && parameter.Schema is OpenApiSchema described)
                Restrict(described, own);
        }
    }

    // A parameter that reads the query string by itself stands in the document for what it reads, in its place.
    private static void AddWhatIsRead(OpenApiOperation operation, ApiDescription route)
    {
        foreach (var reads in route.ActionDescriptor.EndpointMetadata.OfType<ReadsQuery>())
        {
            var parameters = operation.Parameters ??= [];
            var place = route.ParameterDescriptions.Count(one => one.ParameterDescriptor is IParameterInfoParameterDescriptor { ParameterInfo.Position: var position } && position < reads.Position);
            foreach (var name in reads.Names)
                parameters.Insert(place++, new OpenApiParameter { Name = name, In = ParameterLocation.Query, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }
    }

    // What the route says of its parameter itself goes before what is true of most parameters of the name.
    private static void Restrict(OpenApiSchema schema, ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<OneOfAttribute>() is { } values)
            OneOf([.. values.Values])(schema);
        if (parameter.GetCustomAttribute<RangeAttribute>() is { Minimum: int least, Maximum: int most })
            Whole(least, most)(schema);
    }

    private static string Meaning(SearchSyntax search) =>
        $"Elements apart by blanks, all of which must hold: key:value, a value with blanks in quotes, several values apart by commas where the key takes a list. Keys: {string.Join(", ", search.Keys)}."
        + (search.Words is { } words ? $" Words without a key are looked for in {words}." : "");

    private static Action<OpenApiSchema> Whole(int least, int most) => schema =>
    {
        (schema.Type, schema.Format) = (JsonSchemaType.Integer, "int32");
        (schema.Minimum, schema.Maximum) = ($"{least}", $"{most}");
    };

    private static void Flag(OpenApiSchema schema) => schema.Type = JsonSchemaType.Boolean;

    private static Action<OpenApiSchema> Format(string format) => schema => schema.Format = format;

    private static Action<OpenApiSchema> OneOf(params string[] values) => schema => schema.Enum = [.. values.Select(value => JsonValue.Create(value))];
}
