using Monolith.BuildingBlocks.Results;

namespace Monolith.BuildingBlocks.Authorization;

/// <summary>What the pipeline asks before a request may reach its handler. A request type without one stops the start.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class RequirementAttribute : Attribute;

/// <summary>The request is open to everybody; the reason is part of the code.</summary>
public sealed class AllowAnonymousRequestAttribute(string reason) : RequirementAttribute
{
    /// <summary>Why no session is needed.</summary>
    public string Reason => reason;
}

/// <summary>Any signed-in caller; the handler or its SQL decides by row. The reason says how.</summary>
public sealed class RequiresSessionAttribute(string reason) : RequirementAttribute
{
    /// <summary>How rows are protected after this check.</summary>
    public string Reason => reason;
}

/// <summary>A permission on the whole deployment; on the organization of the request when it is an <see cref="IOrganizationRequest"/>.</summary>
public sealed class RequiresPermissionAttribute(ResourceType resource, PermissionAction action) : RequirementAttribute
{
    /// <summary>The resource type asked about.</summary>
    public ResourceType Resource => resource;

    /// <summary>The action asked about.</summary>
    public PermissionAction Action => action;

    /// <summary>True: a refusal answers the generic 404 in place of 403.</summary>
    public bool HideRefusal { get; init; }
}

/// <summary>The rule is code: see the <see cref="IRequestAuthorizer{TRequest}"/> of the request. Its absence stops the start.</summary>
public sealed class RequiresRuleAttribute : RequirementAttribute;

/// <summary>Decides about one request type where an attribute is not enough. Runs after the session and organization checks.</summary>
public interface IRequestAuthorizer<in TRequest>
{
    /// <summary>Null when the request may go on.</summary>
    ValueTask<Error?> AuthorizeAsync(TRequest request, CancellationToken cancellationToken);
}

/// <summary>Marks a request about one organization. The pipeline resolves it, answers 404 when absent or not readable, and fills <see cref="CurrentOrganization"/>.</summary>
public interface IOrganizationRequest
{
    /// <summary>A uuid, a name in any case, or <c>default</c>.</summary>
    string Organization { get; }
}

/// <summary>Needs a feature to be usable before anything else is looked at; 403 otherwise.</summary>
/// <param name="feature">The wire name of the feature, such as <c>custom_roles</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RequiresFeatureAttribute(string feature) : Attribute
{
    /// <summary>The wire name of the feature.</summary>
    public string Feature => feature;
}

/// <summary>Answers whether a feature is usable, for the pipeline. Implemented by the Entitlements module.</summary>
public interface IFeatureGate
{
    /// <summary>Null when usable, else the 403 that names the feature.</summary>
    Error? Check(string feature);
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
