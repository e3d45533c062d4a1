using System.Text.RegularExpressions;

namespace Monolith.Roles.AuthCheck;

/// <summary>What makes the whole request a 400 (roles specification 8).</summary>
internal static partial class AuthCheckFaults
{
    private const int MostLookups = 10;
    private const int MostChecks = 1000;
    private const int LongestKey = 256;

    public static Error? Find(IReadOnlyDictionary<string, AuthCheckItem?> checks)
    {
        if (checks.Count > MostChecks)
            return Error.Invalid("checks", $"At most {MostChecks} checks a request.");
        if (checks.Keys.Any(key => key.Length > LongestKey))
            return Error.Invalid("checks", $"A key has at most {LongestKey} characters.");
        var lookups = checks.Values.Count(check => check?.Object?.ResourceId is { Length: > 0 });
        if (lookups > MostLookups)
            return Error.BadRequest($"At most {MostLookups} checks may carry resource_id, and this request has {lookups}: remove {lookups - MostLookups}.");
        return checks.Select(check => Find(check.Key, check.Value?.Object)).FirstOrDefault(error => error is not null);
    }

    private static Error? Find(string key, AuthCheckObject? target)
    {
        if (string.IsNullOrEmpty(target?.ResourceType))
            return Error.BadRequest($"{Shown(key)} needs object.resource_type.");
        if (target.ResourceId is not { Length: > 0 } id)
            return null;
        if (!Guid.TryParseExact(id, "D", out _))
            return Invalid(key, "resource_id", "This is not a uuid.");
        return StoredObjects.Types.Contains(target.ResourceType)
            ? null
            : Invalid(key, "resource_type", $"With resource_id the type is one of {string.Join(", ", StoredObjects.Types)}.");
    }

    private static Error Invalid(string key, string field, string detail) =>
        Error.Invalid(field, detail) with { Message = $"Validation failed: {Shown(key)} cannot be answered." };

    // A key is the client's own text: it is repeated only when it looks like a name.
    private static string Shown(string key) => Name().IsMatch(key) ? $"Check \"{key}\"" : "A check";

    [GeneratedRegex(@"\A[A-Za-z0-9_.:-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
