using Microsoft.AspNetCore.Mvc;
using Monolith.Groups.Directory;

namespace Monolith.Groups.Groups;

internal sealed class DeleteGroupEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapDelete(
            "/groups/{group}",
            (string group, [FromHeader(Name = "If-Match")] string? ifMatch, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new DeleteGroupCommand(group, ifMatch), ct).Ok())
        .For<DeleteGroupCommand>("delete-group", "Deletes a group for good.")
        .Produces<MessageBody>()
        .Fails(400, 404, 412);
}

[RequiresFeature(GroupsModule.Feature)]
[RequiresRule(ResourceType.Group, PermissionAction.Delete)]
[NothingToValidate("The authorizer finds the group; the entity tag is compared with that of the group.")]
internal sealed record DeleteGroupCommand(string Group, string? IfMatch = null) : ICommand<MessageBody>;

internal sealed class DeleteGroupAuthorizer(GroupEntrance entrance) : IRequestAuthorizer<DeleteGroupCommand>
{
    public ValueTask<Error?> AuthorizeAsync(DeleteGroupCommand request, CancellationToken cancellationToken) =>
        entrance.EnterAsync(request.Group, PermissionAction.Delete, cancellationToken);
}

internal sealed class DeleteGroupHandler(IGroupWriter groups, CurrentGroup current, AuditTrail audit) : ICommandHandler<DeleteGroupCommand, MessageBody>
{
    public async Task<Result<MessageBody>> Handle(DeleteGroupCommand request, CancellationToken cancellationToken)
    {
        if (current.Value.IsEverybody)
            return Refused(current.Value, Error.BadRequest("The group of everybody cannot be deleted."));
        if (await groups.LockAsync(current.Value, cancellationToken) is not { } stored)
            return Error.NotFound;
        if (GroupTag.Check(request.IfMatch, stored) is { } stale)
            return Refused(stored, stale);
        var left = await groups.DeleteAsync(stored.Id, cancellationToken);
        audit.Record(Entry(stored, left));
        return new MessageBody("The group has been deleted.");
    }

    private Error Refused(GroupRow stored, Error error)
    {
        audit.Record(Entry(stored, []));
        return error;
    }

    private static AuditEntry Entry(GroupRow stored, IEnumerable<Guid> left) =>
        new(AuditAction.Delete, "group", stored.Id, stored.Name, stored.OrganizationId, Before: GroupAudit.From(stored, left));
}
