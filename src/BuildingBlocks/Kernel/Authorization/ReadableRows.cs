namespace Monolith.Kernel.Authorization;

/// <summary>The rows about people that a caller may read: all of them, the own one, or, with a key that is too narrow even for that, none.</summary>
public static class ReadableRows
{
    /// <param name="caller">Who asks.</param>
    /// <param name="all">Every row of the list.</param>
    /// <param name="own">The row about the caller.</param>
    public static RowVisibility Readable(this ICaller caller, in ResourceObject all, in ResourceObject own) =>
        caller.Can(PermissionAction.Read, all) ? RowVisibility.All
        : caller.Can(PermissionAction.Read, own) ? RowVisibility.Only(caller.UserId)
        : RowVisibility.None;
}
