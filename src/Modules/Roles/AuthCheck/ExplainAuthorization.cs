using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Monolith.Roles.Authorizer;
using Monolith.Roles.Contracts;

namespace Monolith.Roles.AuthCheck;

internal sealed class ExplainAuthorizationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/authcheck/explain",
            ([FromQuery(Name = "resource_type"), Description("A resource type such as workspace. Required.")] string? resourceType,
             [FromQuery(Name = "action"), Description("An action that the type declares. Required.")] string? action,
             [FromQuery(Name = "organization_id"), Description("The uuid of the organization that the object belongs to. Names are not resolved.")] string? organizationId,
             [FromQuery(Name = "owner_id"), Description("The uuid of the user who owns the object; me is the user whom the question is about.")] string? ownerId,
             [FromQuery(Name = "resource_id"), Description("The uuid of a stored workspace, template, user or group: its owner, organization and access list replace what is sent here.")] string? resourceId,
             [FromQuery(Name = "any_org"), Description("true asks about any organization of the user, and wins over organization_id.")] string? anyOrg,
             [FromQuery(Name = "user"), Description("Whom the question is about: a uuid, a username or me. The caller when left out.")] string? user,
             IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ExplainAuthorizationQuery(new ExplainParameters(resourceType, action, organizationId, ownerId, resourceId, anyOrg, user)), ct).Ok())
        .For<ExplainAuthorizationQuery>("explain-authorization", "Answers one question of authcheck with its reasons.")
        .WithDescription("Answers one question of authcheck with its reasons, for the caller or, with user:read_personal on them, for another user.")
        .Produces<Decision>()
        .Fails(404);
}

/// <summary>The question, as it was sent. All text, so that every bad part is named in one answer.</summary>
internal sealed record ExplainParameters(string? ResourceType, string? Action, string? OrganizationId, string? OwnerId, string? ResourceId, string? AnyOrg, string? User);

[RequiresPermissionInHandler(ResourceType.User, PermissionAction.Read, PermissionAction.ReadPersonal)]
internal sealed record ExplainAuthorizationQuery(ExplainParameters Parameters) : IQuery<Decision>;

internal sealed class ExplainAuthorizationValidator : AbstractValidator<ExplainAuthorizationQuery>
{
    public ExplainAuthorizationValidator()
    {
        RuleFor(query => query.Parameters.ResourceType).Must(name => ResourceCatalog.TryParse(name, out ResourceType type) && type != ResourceType.Any)
            .OverridePropertyName("resource_type").WithMessage("Must be a known resource type.");
        RuleFor(query => query.Parameters.Action).Must(name => ResourceCatalog.TryParse(name, out PermissionAction action) && action != PermissionAction.Any)
            .OverridePropertyName("action").WithMessage("Must be a known action.");
        RuleFor(query => query.Parameters).Must(query => IsDeclared(query) != false)
            .OverridePropertyName("action").WithMessage(query => Undeclared(query.Parameters));
        RuleFor(query => query.Parameters.OrganizationId).Must(IsId).OverridePropertyName("organization_id").WithMessage("Must be a uuid.");
        RuleFor(query => query.Parameters.OwnerId).Must(text => text == "me" || IsId(text)).OverridePropertyName("owner_id").WithMessage("Must be a uuid or me.");
        RuleFor(query => query.Parameters.ResourceId).Must(IsId).OverridePropertyName("resource_id").WithMessage("Must be a uuid.");
        RuleFor(query => query.Parameters.ResourceType).Must(StoredObjects.Types.Contains).When(query => query.Parameters.ResourceId is { Length: > 0 })
            .OverridePropertyName("resource_type").WithMessage($"With resource_id the type is one of {string.Join(", ", StoredObjects.Types)}.");
        RuleFor(query => query.Parameters.AnyOrg).Must(text => text is null or "" or "true" or "false").OverridePropertyName("any_org").WithMessage("Must be true or false.");
    }

    // Null when one of the two is not known, which another rule reports.
    private static bool? IsDeclared(ExplainParameters query) =>
        ResourceCatalog.TryParse(query.ResourceType, out ResourceType type) && type != ResourceType.Any
        && ResourceCatalog.TryParse(query.Action, out PermissionAction action) && action != PermissionAction.Any
            ? ResourceCatalog.Declares(type, action)
            : null;

    private static string Undeclared(ExplainParameters query) => ResourceCatalog.TryParse(query.ResourceType, out ResourceType type)
        ? $"{type.WireName()} has the actions {string.Join(", ", ResourceCatalog.ActionsOf(type).Select(action => action.WireName()))}."
        : "";

    private static bool IsId(string? text) => string.IsNullOrEmpty(text) || Guid.TryParseExact(text, "D", out _);
}

internal sealed class ExplainAuthorizationHandler(ICaller caller, ISubjectDirectory users, ISubjects subjects, StoredObjects objects)
    : IQueryHandler<ExplainAuthorizationQuery, Decision>
{
    public async Task<Result<Decision>> Handle(ExplainAuthorizationQuery request, CancellationToken cancellationToken)
    {
        var asked = request.Parameters;
        var found = await FindSubjectAsync(asked.User, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var (subject, isCaller, suspended) = found.Value;

        if (!ResourceCatalog.TryParse(asked.ResourceType, out ResourceType type) || !ResourceCatalog.TryParse(asked.Action, out PermissionAction action))
            throw new InvalidOperationException("The validator lets no unknown name through.");
        ResourceObject? target = Id(asked.ResourceId) is { } id ? await objects.FindReadableAsync(type, id, cancellationToken) : Describe(type, asked, subject.UserId);
        return target is null ? Error.NotFound : DecisionExplainer.Explain(subject, action, target.Value, withScope: isCaller, suspended);
    }

    private async ValueTask<Result<(RoleSubject Subject, bool IsCaller, bool Suspended)>> FindSubjectAsync(string? reference, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(reference) || reference == "me")
            return ((RoleSubject)caller.Subject, true, false);
        if (await users.FindAsync(reference, cancellationToken) is not { } user || !caller.Can(PermissionAction.Read, ResourceObject.User(user.Facts.UserId)))
            return Error.UserNotFound;
        if (user.Facts.UserId == caller.UserId)
            return ((RoleSubject)caller.Subject, true, false);
        return caller.Can(PermissionAction.ReadPersonal, ResourceObject.User(user.Facts.UserId))
            ? ((RoleSubject)await subjects.CreateAsync(user.Facts, cancellationToken), false, user.IsSuspended)
            : Error.Forbidden;
    }

    private static ResourceObject Describe(ResourceType type, ExplainParameters asked, Guid subject) => new(
        type,
        OrganizationId: Id(asked.OrganizationId),
        OwnerId: asked.OwnerId == "me" ? subject : Id(asked.OwnerId),
        AnyOrganization: asked.AnyOrg == "true");

    private static Guid? Id(string? text) => Guid.TryParseExact(text, "D", out var id) ? id : null;
}
