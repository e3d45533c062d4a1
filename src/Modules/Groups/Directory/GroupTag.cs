using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Monolith.Groups.Directory;

/// <summary>
/// The entity tag of a group: first a half for its fields and its membership, then one for the whole representation, whoever asks and whatever was asked.
/// A write compares the first half only, so that a member who is seen or renamed meanwhile is no conflict.
/// </summary>
internal static partial class GroupTag
{
    public static string Of(GroupRow row, Group representation) => $"{OfState(row)}-{Short(representation)}";

    /// <summary>The condition of a write: null, or 412 when the group is not the one of the tag.</summary>
    public static Error? Check(string? ifMatch, GroupRow row) => IfMatch.Check(ifMatch is null ? null : Whole().Replace(ifMatch, "\"$1\""), OfState(row));

    private static string OfState(GroupRow row) => Short(new { row.Id, row.Name, row.DisplayName, row.AvatarUrl, row.QuotaAllowance, row.Source, row.Members, row.Version });

    private static string Short<T>(T value) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Options)).AsSpan(0, 8));

    [GeneratedRegex("\"([0-9a-f]{16})-[0-9a-f]{16}\"")]
    private static partial Regex Whole();
}
