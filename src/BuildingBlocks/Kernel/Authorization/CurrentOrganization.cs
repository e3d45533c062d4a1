namespace Monolith.Kernel.Authorization;

/// <summary>Marks a request about one organization. The pipeline resolves it, answers 404 when absent or not readable, and fills <see cref="CurrentOrganization"/>.</summary>
public interface IOrganizationRequest
{
    /// <summary>A uuid, a name in any case, or <c>default</c>.</summary>
    string Organization { get; }
}

/// <summary>One organization, as far as every request about it needs to know.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its unique name.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="IsDefault">True for the one that was made at set-up.</param>
/// <param name="DefaultMemberRoles">Bare names of the roles that every member holds.</param>
public sealed record OrganizationInfo(Guid Id, string Name, string DisplayName, bool IsDefault, string[] DefaultMemberRoles);

/// <summary>Finds organizations that are not deleted. Implemented by the Members module.</summary>
public interface IOrganizationDirectory
{
    /// <summary>By uuid, name (case-insensitive) or <c>default</c>; null when absent. Does not look at permissions.</summary>
    ValueTask<OrganizationInfo?> FindAsync(string reference, CancellationToken cancellationToken);
}

/// <summary>The organization of the current <see cref="IOrganizationRequest"/>: readable by the caller. Scoped.</summary>
public sealed class CurrentOrganization
{
    private OrganizationInfo? _value;

    /// <summary>The organization. Throws <see cref="InvalidOperationException"/> before the pipeline resolved it.</summary>
    public OrganizationInfo Value
    {
        get => _value ?? throw new InvalidOperationException("The request has no organization.");
        set => _value = value;
    }

    /// <summary>Its id.</summary>
    public Guid Id => Value.Id;
}
