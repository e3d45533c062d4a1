using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Monolith.Data.Connections;

/// <summary>Scopes for work beside the requests.</summary>
public static class BackgroundScope
{
    /// <summary>A scope whose statements take their connections from the pool for work beside the requests, so that neither waits for the other.</summary>
    public static AsyncServiceScope CreateBackgroundScope(this IServiceScopeFactory scopes)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DbSession>().Use(scope.ServiceProvider.GetRequiredKeyedService<NpgsqlDataSource>(DataSources.Background));
        return scope;
    }
}
