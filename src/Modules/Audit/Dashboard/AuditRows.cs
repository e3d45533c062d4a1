using System.Globalization;
using System.Text.Json;
using Monolith.Audit.Log;
using Monolith.Web.Dashboard;

namespace Monolith.Audit.Dashboard;

/// <summary>Rows of the log as the table shows them.</summary>
internal static class AuditRows
{
    public static AuditTable.Row Of(AuditLog log, string path) => new(
        log.Id,
        log.Description,
        log.User?.Username,
        log.Ip.Length > 0 ? Texts.Stranger : Texts.Program,
        log.StatusCode,
        log.Time,
        [.. log.Diff.Select(field => new AuditTable.Change(field.Key, field.Value.Secret ? null : Shown(field.Value.Old), field.Value.Secret ? null : Shown(field.Value.New)))],
        [.. Facts(log, path).Where(fact => fact.Text.Length > 0)],
        log.ResourceLink,
        log.IsDeleted);

    private static IEnumerable<AuditTable.Fact> Facts(AuditLog log, string path)
    {
        yield return new(Texts.Time, Phrase.Moment(log.Time), null);
        if (log.AdditionalFields.LastTime is { } last)
            yield return new(Texts.LastTime, Phrase.Moment(last), null);
        yield return new(Texts.Status, log.StatusCode.ToString(CultureInfo.InvariantCulture), null);
        if (log.Organization is { } organization)
            yield return new(Texts.Organization, organization.DisplayName.Length > 0 ? organization.DisplayName : organization.Name, With("organization", organization.Name));
        if (log.ResourceId != Guid.Empty)
            yield return new(Texts.Id, log.ResourceId.ToString("D"), With("resource_id", log.ResourceId.ToString("D")));
        yield return new(Texts.Address, log.Ip, null);
        yield return new(Texts.Client, log.UserAgent, null);
        if (log.RequestId != Guid.Empty.ToString("D"))
            yield return new(Texts.Request, log.RequestId, With("request_id", log.RequestId));

        string With(string key, string value) => LocalPath.With(path, ("filter", $"{key}:{value}"));
    }

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : Texts.Empty,
        JsonValueKind.Null => Texts.Empty,
        JsonValueKind.Array when value.GetArrayLength() == 0 => Texts.Empty,
        JsonValueKind.Array when value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String) => string.Join(", ", value.EnumerateArray().Select(one => one.GetString())),
        _ => value.GetRawText(),
    };
}
