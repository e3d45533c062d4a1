using Monolith.Groups.Directory;

namespace Monolith.Groups.Groups;

/// <summary>A group as the audit log keeps it. <paramref name="Members"/> are those who left, before a change, and those who came, after it; never the whole roster.</summary>
internal sealed record GroupAudit(Guid Id, string Name, string DisplayName, string AvatarUrl, int QuotaAllowance, IEnumerable<Guid> Members)
{
    public static GroupAudit From(GroupRow row, IEnumerable<Guid> members) => new(row.Id, row.Name, row.DisplayName, row.AvatarUrl, row.QuotaAllowance, members);
}
