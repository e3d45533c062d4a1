namespace Monolith.Members.Users;

/// <summary>The rows of users and members that a caller may read: all of them, the own one, or, with a key that is too narrow even for that, none.</summary>
internal static class ReadableRows
{
    public static RowVisibility Readable(this ICaller caller, in ResourceObject all, in ResourceObject own) =>
        caller.Can(PermissionAction.Read, all) ? RowVisibility.All
        : caller.Can(PermissionAction.Read, own) ? RowVisibility.Only(caller.UserId)
        : RowVisibility.None;
}
