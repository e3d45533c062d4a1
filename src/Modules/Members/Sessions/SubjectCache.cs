using System.Collections.Concurrent;

namespace Monolith.Members.Sessions;

/// <summary>
/// The subject that a key had last, with the texts that it was made of. Every request reads those texts anew from the database, and takes the subject only when all of them are the same:
/// so whatever changes somebody's rights acts on their next request, whichever replica made the change. Singleton.
/// </summary>
internal sealed class SubjectCache(int capacity = SubjectCache.Capacity)
{
    public const int Capacity = 4096;

    private readonly ConcurrentDictionary<string, (SubjectRights Rights, Subject Subject)> _known = new(StringComparer.Ordinal);

    public int Count => _known.Count;

    /// <summary>The subject that was made of the same rights, with the object that they were kept in.</summary>
    public (SubjectRights Rights, Subject Subject)? Find(string keyId, SubjectRights rights) =>
        _known.TryGetValue(keyId, out var known) && known.Rights.Equals(rights) ? known : null;

    public void Keep(string keyId, SubjectRights rights, Subject subject)
    {
        if (_known.Count >= capacity)
            _known.Clear();
        _known[keyId] = (rights, subject);
    }
}

/// <summary>What a subject is made of, as the token check reads it: equal as long as nothing of it changes.</summary>
internal sealed record SubjectRights(Guid UserId, string Status, bool IsServiceAccount, string[] SiteRoles, string? Memberships, string? CustomRoles, string[] Scopes, string[] AllowList)
{
    public bool Equals(SubjectRights? other) =>
        other is not null
        && UserId == other.UserId
        && Status == other.Status
        && IsServiceAccount == other.IsServiceAccount
        && Memberships == other.Memberships
        && CustomRoles == other.CustomRoles
        && SiteRoles.AsSpan().SequenceEqual(other.SiteRoles)
        && Scopes.AsSpan().SequenceEqual(other.Scopes)
        && AllowList.AsSpan().SequenceEqual(other.AllowList);

    public override int GetHashCode() => HashCode.Combine(UserId, Memberships, CustomRoles);
}
