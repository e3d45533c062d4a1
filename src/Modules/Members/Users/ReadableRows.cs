using Monolith.BuildingBlocks.Authorization;

namespace Monolith.Members.Users;

/// <summary>The rows of people that a caller may read: all of them, the own one, or, with a key that is too narrow even for that, none.</summary>
internal static class ReadableRows
{
    /// <summary>Null: every row. Else the one user whose row may be shown; the empty id is nobody's.</summary>
    public static Guid? OnlyUser(this ICaller caller, in ResourceObject all, in ResourceObject own) =>
        caller.Can(PermissionAction.Read, all) ? null
        : caller.Can(PermissionAction.Read, own) ? caller.UserId
        : Guid.Empty;
}
