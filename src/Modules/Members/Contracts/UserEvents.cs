namespace Monolith.Members.Contracts;

/// <summary>An account came into being, by whatever way, in whatever status. Its first memberships follow as <see cref="MembershipAdded"/>.</summary>
public sealed record UserCreated(Guid UserId) : IEvent;

/// <summary>An account was deleted; its row stays, marked. Its memberships have gone before, each with a <see cref="MembershipRemoved"/>.</summary>
public sealed record UserDeleted(Guid UserId) : IEvent;

/// <summary>An account has another username, and lists another place for it.</summary>
public sealed record UserRenamed(Guid UserId) : IEvent;

/// <summary>An account that was not suspended is now.</summary>
public sealed record UserSuspended(Guid UserId) : IEvent;

/// <summary>An account that was active was away for so long that it is dormant now: it wakes on its next request.</summary>
public sealed record UserDormancyStarted(Guid UserId) : IEvent;

/// <summary>An account that was suspended or dormant is active: somebody activated it, or its owner came back.</summary>
public sealed record UserActivated(Guid UserId) : IEvent;
