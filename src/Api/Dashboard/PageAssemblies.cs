using System.Reflection;
using Monolith.Kernel.Modules;

namespace Monolith.Api.Dashboard;

/// <summary>Where pages are, beside the host itself.</summary>
internal sealed class PageAssemblies(IEnumerable<RegisteredModule> modules)
{
    public Assembly[] Modules { get; } = [.. modules.Select(module => module.Assembly).Distinct()];
}
