using System.Collections.Concurrent;

namespace Monolith.Members.Sessions;

/// <summary>
/// The subject that a key had last, with the texts that it was made of. Every request reads those texts anew from the database, and takes the subject only when all of them are the same:
/// so whatever changes somebody's rights acts on their next request, whichever replica made the change. The organizations that routes named are kept in the same way. Singleton.
/// </summary>
internal sealed class SubjectCache(int capacity = SubjectCache.Capacity)
{
    public const int Capacity = 4096;

    private readonly ConcurrentDictionary<string, KnownSession> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, KnownOrganization> _organizations = new(StringComparer.Ordinal);

    public int Count => _known.Count;

    /// <summary>What the key was last; null when it was not seen, or its subject serves one request only.</summary>
    public KnownSession? Last(string keyId) => _known.GetValueOrDefault(keyId);

    /// <summary>What was made of the same rights.</summary>
    public KnownSession? Find(string keyId, SubjectRights rights) => Last(keyId) is { } known && known.Rights.Equals(rights) ? known : null;

    public void Keep(string keyId, KnownSession session) => Keep(_known, keyId, session);

    public void Forget(string keyId) => _known.TryRemove(keyId, out _);

    /// <summary>The organization that routes named in this way last.</summary>
    public KnownOrganization? Organization(string reference) => _organizations.GetValueOrDefault(reference);

    public void Keep(string reference, KnownOrganization organization) => Keep(_organizations, reference, organization);

    private void Keep<T>(ConcurrentDictionary<string, T> where, string key, T value)
    {
        if (where.Count >= capacity)
            where.Clear();
        where[key] = value;
    }
}

/// <summary>A session as it was.</summary>
/// <param name="Rights">What the subject was made of.</param>
/// <param name="Subject">What it may do.</param>
/// <param name="SecretHash">Of the secret of its key.</param>
/// <param name="Username">What the user is called.</param>
/// <param name="NamesRoles">Whether a membership names a role, which may be a custom one.</param>
internal sealed record KnownSession(SubjectRights Rights, Subject Subject, byte[] SecretHash, string Username, bool NamesRoles)
{
    /// <summary>Whether the key and the name of its user are the same as now. The rights are compared apart.</summary>
    public bool IsOf(SessionRow row) => Username == row.Username && SecretHash.AsSpan().SequenceEqual(row.SecretHash);
}

/// <summary>An organization as it was.</summary>
/// <param name="Text">What was read.</param>
/// <param name="Found">What it says.</param>
internal sealed record KnownOrganization(string Text, OrganizationInfo Found);

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
