using Spectre.Console.Rendering;

namespace EnergyChain.Wallet.Cli.Output;

/// <summary>Lines that stand as they are: neither wrapped nor measured, however many there are.</summary>
internal sealed class Listing(string text) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth) => new(1, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [new Segment(text)];
}
