using EnergyChain.Client.Model;
using EnergyChain.Wallet.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EnergyChain.Wallet.Cli.Tracing;

/// <summary>Draws a trace as a tree of calls with their events in place.</summary>
internal sealed class TraceTree(TraceText text)
{
    /// <summary>Deeper calls would leave no room on the line; --json has them.</summary>
    public const int MaxShownDepth = 24;

    /// <summary>More would be read by nobody; --json has them.</summary>
    public const int MaxShownSteps = 1_000;

    private static readonly Style Quiet = new(Color.Grey);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Bad = new(Color.Red);
    private static readonly Style Told = new(Color.Yellow);

    public IRenderable Draw(IReadOnlyList<TraceStep> steps)
    {
        Tree tree = new(Label(steps[0]));
        List<IHasTreeNodes> path = [tree];
        int hidden = 0;
        for (int i = 1; i < steps.Count; i++)
        {
            TraceStep step = steps[i];
            int depth = step.Entry.Depth;
            if (depth > MaxShownDepth || i > MaxShownSteps)
            {
                hidden++;
                continue;
            }

            path.RemoveRange(depth, path.Count - depth);
            path.Add(path[^1].AddNode(Label(step)));
        }

        if (hidden > 0)
        {
            tree.AddNode(new Text($"{hidden} more calls and events; --json has them", Quiet));
        }

        return tree;
    }

    private static void Add(Paragraph line, string words, Style? style = null) =>
        line.Append(View.Printable(words), style);

    private Paragraph Label(TraceStep step)
    {
        Paragraph line = new();
        switch (step.Entry)
        {
            case TraceEntryInfo.Call { Kind: TracedCallKind.Selfdestruct } end:
                LabelSelfdestruct(line, step, end);
                break;
            case TraceEntryInfo.Call call:
                LabelCall(line, step, call);
                break;
            case TraceEntryInfo.Event happening:
                Add(line, "event ", Told);
                Add(line, text.Event(step, happening));
                Add(line, step.IsUndone ? " undone" : "", Bad);
                break;
        }

        return line;
    }

    private void LabelSelfdestruct(Paragraph line, TraceStep step, TraceEntryInfo.Call end)
    {
        bool isToItself = end.From == end.To;
        Add(line, TraceText.NameOf(end.Kind) + " ", Quiet);
        Add(line, $"{text.Account(end.From)} to {(isToItself ? "itself" : text.Account(end.To))}");
        if (!end.Value.IsZero)
        {
            string verb = !isToItself ? "with" : end.IsDeleted ? "burning" : "keeping";
            Add(line, $" {verb} {View.Coin(end.Value)}", Told);
        }

        Add(line, end.IsDeleted ? ", deleted" : "");
        Add(line, step.IsUndone ? " undone" : "", Bad);
    }

    private void LabelCall(Paragraph line, TraceStep step, TraceEntryInfo.Call call)
    {
        Add(line, TraceText.NameOf(call.Kind) + " ", Quiet);
        Add(line, text.Target(step, call));
        bool movesValue = call.Kind is not (TracedCallKind.DelegateCall or TracedCallKind.StaticCall);
        if (movesValue && !call.Value.IsZero)
        {
            Add(line, $" with {View.Coin(call.Value)}", Told);
        }

        string result = text.Result(step, call);
        if (call.Failure.Length > 0)
        {
            Add(line, $" failed: {result}", Bad);
        }
        else if (result.Length > 0)
        {
            Add(line, $" -> {result}", Good);
        }

        string own = step.OwnGas == call.GasUsed.Value ? "" : $", {TraceText.Count(step.OwnGas)} of it its own";
        Add(line, $" [{TraceText.Count(call.GasUsed.Value)} gas{own}]", Quiet);
    }
}
