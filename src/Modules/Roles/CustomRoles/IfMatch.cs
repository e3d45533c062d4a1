using Monolith.BuildingBlocks.Results;

namespace Monolith.Roles.CustomRoles;

/// <summary>The <c>If-Match</c> condition of a write.</summary>
internal static class IfMatch
{
    private static readonly Error Stale = new(ErrorKind.PreconditionFailed, "The role was changed in the meantime. Load it again and retry.");

    /// <summary>Null when the header is absent, is <c>*</c> or lists the tag.</summary>
    public static Error? Check(string? header, string entityTag)
    {
        if (string.IsNullOrWhiteSpace(header))
            return null;
        var tags = header.Split(',', StringSplitOptions.TrimEntries);
        return tags.Any(tag => tag == "*" || tag.Trim('"') == entityTag) ? null : Stale;
    }
}
