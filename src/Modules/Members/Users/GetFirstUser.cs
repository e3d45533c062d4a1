using Monolith.Members.Contracts;

namespace Monolith.Members.Users;

internal sealed class GetFirstUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/first",
            (IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetFirstUserQuery(), ct).Ok())
        .For<GetFirstUserQuery>("check-initial-user-created", "Tells whether the first user exists; 404 when not.")
        .Produces<MessageBody>()
        .Fails(404);
}

[AllowAnonymousRequest("Clients ask it to choose between set-up and sign-in.")]
internal sealed record GetFirstUserQuery : IQuery<MessageBody>;

internal sealed class GetFirstUserHandler(Db<MembersModule> db) : IQueryHandler<GetFirstUserQuery, MessageBody>
{
    public async Task<Result<MessageBody>> Handle(GetFirstUserQuery request, CancellationToken cancellationToken) =>
        await db.ScalarAsync<bool>(Exists, null, cancellationToken)
            ? new MessageBody("The initial user has already been created.")
            : new Error(ErrorKind.NotFound, "The initial user has not been created yet.");

    internal const string Exists = "select exists (select 1 from members.set_up)";
}

internal sealed class FirstUser(Db<MembersModule> db) : IFirstUser
{
    public Task<bool> ExistsAsync(CancellationToken cancellationToken) => db.ScalarAsync<bool>(GetFirstUserHandler.Exists, null, cancellationToken);
}
