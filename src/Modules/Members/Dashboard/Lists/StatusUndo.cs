using System.Buffers.Text;
using Monolith.Members.Contracts;
using Monolith.Members.Users;
using Monolith.Web.Dashboard;

namespace Monolith.Members.Dashboard.Lists;

/// <summary>Whose status was changed, and what it was: as text in a field of a form, so that exactly those can be put back.</summary>
internal static class StatusUndo
{
    public const string Path = "/users/undo";
    public const string Form = "undo";

    private const int IdLength = 16;

    private static readonly string[] Statuses = [.. UserStatus.All];

    /// <summary>A status, a colon and the ids one behind the other, for each status that there was; 22 characters a user.</summary>
    public static string Write(IEnumerable<(Guid Id, string Status)> before) =>
        string.Join(' ', before.GroupBy(one => one.Status).Select(group => $"{group.Key}:{Base64Url.EncodeToString([.. group.SelectMany(one => one.Id.ToByteArray())])}"));

    /// <summary>At most so many as one action concerns; none of a text that nobody here wrote.</summary>
    public static IReadOnlyList<(Guid Id, string Status)> Read(string? text)
    {
        var before = new List<(Guid, string)>();
        foreach (var part in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (status, ids) = (part.Split(':')[0], part[(part.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            if (!Statuses.Contains(status) || !Base64Url.IsValid(ids, out var length) || length % IdLength != 0)
                return [];
            before.AddRange(Base64Url.DecodeFromChars(ids).Chunk(IdLength).Select(id => (new Guid(id), status)));
        }

        return [.. before.DistinctBy(one => one.Item1).Take(BulkPage.MostMatching)];
    }

    /// <summary>The button for one user; null when nothing was changed.</summary>
    public static FlashUndo? Of(User before, string status, string back) =>
        before.Status == status ? null : new(LocalPath.With(Path, ("return", back)), Form, Texts.Undo, Write([(before.Id, before.Status)]));
}
