using System.Reflection;
using Monolith.Kernel.Results;

namespace Monolith.Kernel.Authorization;

/// <summary>Everything that one request type declares about who may send it: read once, used by the pipeline, the check at the start and the table in the documentation.</summary>
public sealed class RequestRequirement
{
    private readonly IReadOnlyList<RequirementAttribute> _declared;

    private RequestRequirement(Type request)
    {
        _declared = [.. request.GetCustomAttributes<RequirementAttribute>(false)];
        Feature = request.GetCustomAttribute<RequiresFeatureAttribute>(false)?.Feature;
        IsAboutOrganization = typeof(IOrganizationRequest).IsAssignableFrom(request);
        IsAboutUser = typeof(IUserRequest).IsAssignableFrom(request);
        OnUser = _declared.OfType<RequiresPermissionOnUserAttribute>().SingleOrDefault();
        Permissions = [.. _declared.OfType<RequiresPermissionAttribute>()];
        IsOpen = _declared.OfType<AllowAnonymousRequestAttribute>().Any();
        HasRule = _declared.OfType<RequiresRuleAttribute>().Any();
    }

    /// <summary>Nothing is declared: the pipeline refuses to go on.</summary>
    public bool IsMissing => _declared.Count == 0;

    /// <summary>No session is needed.</summary>
    public bool IsOpen { get; }

    /// <summary>The wire name of the feature that must be usable, or null.</summary>
    public string? Feature { get; }

    /// <summary>The request names an organization.</summary>
    public bool IsAboutOrganization { get; }

    /// <summary>The request names a user.</summary>
    public bool IsAboutUser { get; }

    /// <summary>The permission on the user of the request, or null.</summary>
    public RequiresPermissionOnUserAttribute? OnUser { get; }

    /// <summary>The permissions on the organization of the request, or on the deployment.</summary>
    public IReadOnlyList<RequiresPermissionAttribute> Permissions { get; }

    /// <summary>An authorizer decides.</summary>
    public bool HasRule { get; }

    /// <summary>Reads the attributes of a request type.</summary>
    public static RequestRequirement Of(Type request) => new(request);

    /// <summary>How the request may be refused, so far as it declares it.</summary>
    public IEnumerable<ErrorKind> Refusals()
    {
        if (!IsOpen)
            yield return ErrorKind.Unauthenticated;
        if (Feature is not null || OnUser is { OnlySelf: true } || HasRule || Permissions.Any(one => !one.HideRefusal)
            || _declared.OfType<RequiresPermissionInHandlerAttribute>().Any(one => !one.HideRefusal))
            yield return ErrorKind.Forbidden;
        if (IsAboutOrganization || IsAboutUser || Permissions.Any(one => one.HideRefusal))
            yield return ErrorKind.NotFound;
    }

    /// <summary>What is missing or contradicts itself, a sentence each that goes on after the name of the type.</summary>
    public IEnumerable<string> Faults()
    {
        if (IsMissing)
            yield return "states 0 authorization requirements; add what it needs, such as [RequiresPermission] or [RequiresSession].";
        foreach (var alone in _declared.Where(one => one is AllowAnonymousRequestAttribute or RequiresSessionAttribute or RequiresRuleAttribute))
        {
            if (_declared.Count > 1)
                yield return $"states {Name(alone)} and {_declared.Count - 1} more; it stands alone: remove one side.";
        }

        if (IsOpen && (IsAboutOrganization || IsAboutUser))
            yield return "is open to everybody and names an organization or a user, which the pipeline shows to nobody without a session.";
        if (IsAboutUser != (OnUser is not null))
            yield return $"must be an IUserRequest and carry [RequiresPermissionOnUser], or neither; it lacks {(IsAboutUser ? "[RequiresPermissionOnUser]" : "IUserRequest")}.";
        if (OnUser?.Resource == ResourceType.OrganizationMember && !IsAboutOrganization)
            yield return "asks about a membership and must be an IOrganizationRequest too.";
        var asked = _declared.SelectMany(Asked).ToList();
        if (_declared.Any(one => one is RequiresPermissionOnUserAttribute { Actions: [] } or RequiresPermissionInHandlerAttribute { Actions: [] }))
            yield return "asks for a permission without an action.";
        foreach (var (resource, action) in asked.Where(one => !ResourceCatalog.Declares(one.Resource, one.Action)))
            yield return $"asks for {resource.WireName()}:{action.WireName()}, which is not declared.";
        foreach (var twice in _declared.OfType<RequiresPermissionAttribute>().GroupBy(one => (one.Resource, one.Action)).Where(same => same.Count() > 1))
            yield return $"asks for {Permission(twice.Key.Resource, twice.Key.Action)} twice.";
    }

    /// <summary>The requirement in plain words, on one line.</summary>
    public string InWords()
    {
        IEnumerable<string?> parts = [Feature is null ? null : $"feature `{Feature}`, else 403", Place(), .. _declared.OrderBy(Rank).Select(Words), InHandler()];
        return string.Join("; ", parts.OfType<string>());
    }

    private string? Place() => IsAboutOrganization ? $"{Permission(ResourceType.Organization, PermissionAction.Read)} on the organization, else 404" : null;

    private string? Words(RequirementAttribute one) => one switch
    {
        AllowAnonymousRequestAttribute open => $"open to everybody: {open.Reason.TrimEnd('.')}",
        RequiresSessionAttribute => IsAboutOrganization ? null : "a session",
        RequiresPermissionOnUserAttribute on =>
            $"{Permission(on.Resource, [.. on.Actions])} on the user{(on.IncludeDeleted ? " (also a deleted one)" : "")}, else 404{(on.OnlySelf ? "; about oneself, else 403" : "")}",
        RequiresPermissionAttribute on =>
            $"{Permission(on.Resource, on.Action)} {(IsAboutOrganization ? "in the organization" : "on the deployment")}, else {(on.HideRefusal ? 404 : 403)}",
        RequiresPermissionOnRowsAttribute on => $"only rows with {Permission(on.Resource, on.Action)}",
        RequiresPermissionInHandlerAttribute => null,
        RequiresRuleAttribute on => $"{Permission(on.Resource, on.Action)} on each object that it names, else 403",
        _ => Name(one),
    };

    private string? InHandler()
    {
        var asked = _declared.OfType<RequiresPermissionInHandlerAttribute>().Select(on => Permission(on.Resource, [.. on.Actions])).ToList();
        return asked.Count == 0 ? null : $"the handler asks {string.Join(" and ", asked)}";
    }

    private static int Rank(RequirementAttribute one) => one switch
    {
        RequiresPermissionOnUserAttribute => 0,
        RequiresPermissionAttribute => 1,
        _ => 2,
    };

    private static IEnumerable<(ResourceType Resource, PermissionAction Action)> Asked(RequirementAttribute one) => one switch
    {
        RequiresPermissionAttribute on => [(on.Resource, on.Action)],
        RequiresPermissionOnUserAttribute on => on.Actions.Select(action => (on.Resource, action)),
        RequiresPermissionOnRowsAttribute on => [(on.Resource, on.Action)],
        RequiresPermissionInHandlerAttribute on => on.Actions.Select(action => (on.Resource, action)),
        RequiresRuleAttribute on => [(on.Resource, on.Action)],
        _ => [],
    };

    private static string Permission(ResourceType resource, params PermissionAction[] actions) =>
        string.Join(" and ", actions.Select(action => $"`{resource.WireName()}:{action.WireName()}`"));

    private static string Name(RequirementAttribute one) => $"[{one.GetType().Name[..^"Attribute".Length]}]";
}
