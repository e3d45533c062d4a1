using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Monolith.Api.Http;
using Monolith.Kernel.Modules;
using Monolith.Web.Dashboard;

namespace Monolith.Api.Dashboard;

/// <summary>Hosts the pages: rendered on the server, one request each, without circuits.</summary>
internal static class DashboardHosting
{
    public static void AddDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddDataProtection().SetApplicationName("monolith");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((options, provider) => options.XmlRepository = new PostgresXmlRepository(provider));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "monolith_antiforgery";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddSingleton<IAntiforgeryAdditionalDataProvider, SessionAntiforgeryData>();
        services.AddSingleton<IStartupTask, FormKeyRing>();
        services.AddSingleton<PageAssemblies>();
        services.AddScoped<NavigationReader>();
        services.AddSingleton<Flash>();
        services.AddSingleton<IErrorPages, ErrorPages>();

        // It reads the keys before the migrations have made their table; FormKeyRing reads them after that.
        services.Remove(services.Single(service => service.ImplementationType?.Name == "DataProtectionHostedService"));
    }

    /// <summary>After the session is known. The API has nothing of it.</summary>
    public static void UseDashboard(this WebApplication app) => app.UseWhen(
        context => !context.IsApi(),
        pages =>
        {
            pages.UseMiddleware<DashboardAuthenticationMiddleware>();
            pages.Use(async (context, next) =>
            {
                ViewerZone.Use(context.Request);
                await next(context);
            });
            pages.UseAntiforgery();
            pages.UseMiddleware<AntiforgeryFailureMiddleware>();
        });

    public static void MapDashboard(this WebApplication app)
    {
        app.MapAssets();
        app.MapClientEntries();
        app.MapRazorComponents<App>().AddAdditionalAssemblies(app.Services.GetRequiredService<PageAssemblies>().Modules);
    }
}
