namespace Monolith.Kernel.Authorization;

/// <summary>Whose rows a caller may see.</summary>
public sealed record RowVisibility
{
    private RowVisibility(bool isAll, Guid? userId) => (IsAll, UserId) = (isAll, userId);

    /// <summary>Everybody's.</summary>
    public static RowVisibility All { get; } = new(true, null);

    /// <summary>Nobody's.</summary>
    public static RowVisibility None { get; } = new(false, null);

    /// <summary>True for <see cref="All"/>.</summary>
    public bool IsAll { get; }

    /// <summary>The only user; null for <see cref="All"/> and <see cref="None"/>.</summary>
    public Guid? UserId { get; }

    /// <summary>Those of one user.</summary>
    public static RowVisibility Only(Guid userId) => new(false, userId);
}
