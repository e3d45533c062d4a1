using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Dashboard;

/// <summary>What the form of a role holds. Permissions are values such as <c>template:read</c>.</summary>
internal sealed record RoleForm(string Name, string DisplayName, IReadOnlyCollection<string> Chosen, bool ShowAll)
{
    public static RoleForm Empty { get; } = new("", "", [], false);

    /// <summary>What was sent; <paramref name="stored"/> where nothing was. The address may ask for all resources.</summary>
    public static async Task<RoleForm> ReadAsync(HttpContext http, RoleForm stored)
    {
        var showAll = http.Request.Query["show"] == "all";
        if (!http.Request.HasFormContentType)
            return stored with { ShowAll = showAll };
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return new(form["name"].ToString(), form["display_name"].ToString(), [.. form["permission"].OfType<string>().Distinct(StringComparer.Ordinal)], showAll);
    }

    /// <summary>Stored permissions as values; a wildcard stands for what it grants.</summary>
    public static IReadOnlyCollection<string> Values(IEnumerable<PermissionView> permissions) =>
    [
        .. permissions.SelectMany(permission => permission.Action == "*" && ResourceCatalog.TryParse(permission.ResourceType, out ResourceType type)
            ? ResourceCatalog.ActionsOf(type).Select(action => Value(type, action))
            : [$"{permission.ResourceType}:{permission.Action}"]).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Every resource with its actions. What the caller may not grant is off, unless the role has it already: it can be taken away.</summary>
    public static IReadOnlyList<PermissionMatrix.Group> Matrix(IReadOnlyCollection<string> chosen, Subject caller, Guid organizationId)
    {
        var set = chosen.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. ResourceCatalog.Types.Where(type => ResourceCatalog.ActionsOf(type).Count > 0).Select(type => new PermissionMatrix.Group(
                type.WireName(),
                PermissionWords.Of(type),
                Usual.Contains(type),
                [.. ResourceCatalog.ActionsOf(type).Select(action => new PermissionMatrix.Choice(
                    Value(type, action),
                    PermissionWords.Of(action),
                    set.Contains(Value(type, action)),
                    caller.Can(action, ResourceObject.In(type, organizationId))))])).OrderBy(group => group.Words, StringComparer.Ordinal),
        ];
    }

    /// <summary>A value in words.</summary>
    public static string Words(string value) => Parse(value) is var (resource, action)
        && ResourceCatalog.TryParse(resource, out ResourceType type) && ResourceCatalog.TryParse(action, out PermissionAction known)
            ? $"{PermissionWords.Of(type)}: {PermissionWords.Of(known)}"
            : value;

    /// <summary>The body of the command. Its validator refuses what a form could send and no role can hold, such as NUL in a text.</summary>
    public Body<CustomRoleRequest> ToBody() =>
        Body<CustomRoleRequest>.Of(new CustomRoleRequest(Name.Trim(), DisplayName.Trim(), null, [.. Chosen.Select(View)], null, null));

    private static PermissionView View(string value)
    {
        var (resource, action) = Parse(value);
        return new PermissionView(false, resource, action);
    }

    private static (string Resource, string Action) Parse(string value) =>
        value.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? (value[..colon], value[(colon + 1)..]) : (value, "");

    private static string Value(ResourceType type, PermissionAction action) => $"{type.WireName()}:{action.WireName()}";

    // What organizations usually share out; the rest is one click away (dashboard specification 3.2).
    private static readonly HashSet<ResourceType> Usual =
    [
        ResourceType.AuditLog, ResourceType.Group, ResourceType.Template, ResourceType.OrganizationMember, ResourceType.ProvisionerDaemon, ResourceType.Workspace,
        ResourceType.IdpsyncSettings,
    ];
}
