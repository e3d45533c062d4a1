using Monolith.Kernel.Results;

namespace Monolith.Kernel.Authorization;

/// <summary>What the pipeline asks before a request may reach its handler. A request type without one stops the start, as do two that contradict each other: see <see cref="RequestRequirement"/>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class RequirementAttribute : Attribute;

/// <summary>The request is open to everybody; the reason is part of the code.</summary>
public sealed class AllowAnonymousRequestAttribute(string reason) : RequirementAttribute
{
    /// <summary>Why no session is needed.</summary>
    public string Reason => reason;
}

/// <summary>Any signed-in caller: the answer is about themself, or the same for everybody who may see the organization of the request.</summary>
public sealed class RequiresSessionAttribute : RequirementAttribute;

/// <summary>A permission on the whole deployment; on the organization of the request when it is an <see cref="IOrganizationRequest"/>. Several must all be held.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class RequiresPermissionAttribute(string resource, PermissionAction action) : RequirementAttribute
{
    /// <summary>The resource type asked about.</summary>
    public ResourceType Resource { get; } = resource;

    /// <summary>The action asked about.</summary>
    public PermissionAction Action => action;

    /// <summary>True: a refusal answers the generic 404 in place of 403.</summary>
    public bool HideRefusal { get; init; }
}

/// <summary>
/// Permissions on what belongs to the user of an <see cref="IUserRequest"/>: on the user themself, their membership in the organization of the request,
/// or their objects of another type. A refusal answers the 404 of an unknown user. Asked before <see cref="RequiresPermissionAttribute"/>.
/// </summary>
public sealed class RequiresPermissionOnUserAttribute(string resource, params PermissionAction[] actions) : RequirementAttribute
{
    /// <summary>The resource type asked about.</summary>
    public ResourceType Resource { get; } = resource;

    /// <summary>The actions asked about: all of them are needed.</summary>
    public IReadOnlyList<PermissionAction> Actions => actions;

    /// <summary>True: a deleted user is found by id, by those who may read them.</summary>
    public bool IncludeDeleted { get; init; }

    /// <summary>True: about another user, whom the caller may see, it answers 403.</summary>
    public bool OnlySelf { get; init; }
}

/// <summary>The handler answers those rows only on which the caller holds the permission; without any, the answer is empty.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class RequiresPermissionOnRowsAttribute(string resource, PermissionAction action) : RequirementAttribute
{
    /// <summary>The resource type of the rows.</summary>
    public ResourceType Resource { get; } = resource;

    /// <summary>The action asked about each row.</summary>
    public PermissionAction Action => action;
}

/// <summary>Permissions that the handler asks for: where the wire contract tells something else first, or where they must be read again under lock.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class RequiresPermissionInHandlerAttribute(string resource, params PermissionAction[] actions) : RequirementAttribute
{
    /// <summary>The resource type asked about.</summary>
    public ResourceType Resource { get; } = resource;

    /// <summary>The actions asked about.</summary>
    public IReadOnlyList<PermissionAction> Actions => actions;

    /// <summary>True: the handler answers a refusal with 404.</summary>
    public bool HideRefusal { get; init; }
}

/// <summary>The <see cref="IRequestAuthorizer{TRequest}"/> of the request finds the objects that it is about, and asks for the permission on each. Its absence stops the start.</summary>
public sealed class RequiresRuleAttribute(string resource, PermissionAction action) : RequirementAttribute
{
    /// <summary>The resource type asked about.</summary>
    public ResourceType Resource { get; } = resource;

    /// <summary>The action asked about.</summary>
    public PermissionAction Action => action;
}

/// <summary>Decides about one request type where an attribute is not enough. Runs after everything that is declared.</summary>
public interface IRequestAuthorizer<in TRequest>
{
    /// <summary>Null when the request may go on.</summary>
    ValueTask<Error?> AuthorizeAsync(TRequest request, CancellationToken cancellationToken);
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
