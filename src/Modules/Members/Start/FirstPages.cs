using System.Text.Json;
using Microsoft.Extensions.Logging;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Members.Memberships;
using Monolith.Members.Sessions;
using Monolith.Members.Users;

namespace Monolith.Members.Start;

/// <summary>
/// Reads what everybody asks for first, before the server is ready: code, contracts and connections that are made once are there when the first request comes. Nobody sees the answers, and a failure only
/// leaves the work to the first request.
/// </summary>
internal sealed partial class FirstPages(IServiceScopeFactory scopes, ILogger<FirstPages> log) : IStartupTask
{
    private const string DefaultOrganization = "default";

    private static readonly PageWindow Window = new(25, 0, null);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await ReadAsync(scope.ServiceProvider, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
        }
    }

    private static async Task ReadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<ISessions>().AuthenticateAsync(ApiKeyToken.Generate().ToString(), DefaultOrganization, cancellationToken);
        var users = await services.GetRequiredService<IReadStore<UserRow>>()
            .PageAsync(new UserPageSpecification(UserFilter.None, Window, OrderRequest.Default, RowVisibility.All), cancellationToken);
        await WriteAsync(await services.GetRequiredService<UserResponses>().ToResponsesAsync(users.Rows, cancellationToken), cancellationToken);
        if (await services.GetRequiredService<IOrganizationDirectory>().FindAsync(DefaultOrganization, cancellationToken) is not { } organization)
            return;
        var everybody = new OrganizationMemberFilter(UserFilter.None, null);
        var members = await services.GetRequiredService<IReadStore<MemberRow>>()
            .PageAsync(new MemberPageSpecification(organization.Id, everybody, Window, OrderRequest.Default), cancellationToken);
        await WriteAsync(await services.GetRequiredService<MemberResponses>().ToResponsesAsync(members.Rows, cancellationToken), cancellationToken);
    }

    private static Task WriteAsync<T>(IReadOnlyList<T> rows, CancellationToken cancellationToken) => JsonSerializer.SerializeAsync(Stream.Null, rows, WireJson.Options, cancellationToken);

    [LoggerMessage(LogLevel.Warning, "What everybody asks for first could not be read ahead")]
    private partial void LogFailed(Exception exception);
}
