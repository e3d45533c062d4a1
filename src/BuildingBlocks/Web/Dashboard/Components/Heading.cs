using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Monolith.Web.Dashboard.Components;

/// <summary>A heading of a component that stands below headings of different levels.</summary>
public sealed class Heading : ComponentBase
{
    /// <summary>1 to 6: one more than the heading that it stands below.</summary>
    [Parameter, EditorRequired]
    public int Level { get; set; }

    /// <summary>Its words.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, $"h{Level}");
        builder.AddContent(1, ChildContent);
        builder.CloseElement();
    }
}
