using System.CommandLine;
using System.Globalization;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Offline;
using EnergyChain.Node.Site.Subjects;

namespace EnergyChain.Node.Commands;

/// <summary>
/// <c>site forget --config FILE [--subject ID]</c>: destroys the key of a subject, and the readings sealed under it.
/// </summary>
internal static class SiteForgetCommand
{
    private static readonly string[] Remains =
    [
        "On the chain the records of the site's meter, its orders and trades stay, under its keys and no name; more "
        + "than two thirds of the council can have a transaction shown by no node any more and its memo destroyed.",
        "Backups: destroy every copy of the key too, for it opens every copy of the readings; and exports that were "
        + "made.",
        "meters.json stays, the last state of the counters, which goes on with whoever comes next.",
    ];

    public static Command Create()
    {
        Option<string> config = OfflineOptions.Config();
        Option<string?> subject = SiteCommand.SubjectOption();
        Option<bool> yes = OfflineOptions.Yes();
        Option<bool> json = OfflineOptions.Json();
        Command command = new("forget", "Destroys the key of a subject and the readings sealed under it, for good.")
        {
            config, subject, yes, json,
        };
        command.SetAction((parsed, _) => OfflineOptions.RunAsync(
            () => Task.FromResult(Run(
                parsed.GetRequiredValue(config),
                parsed.GetValue(subject),
                parsed.GetValue(yes),
                parsed.GetValue(json),
                parsed.InvocationConfiguration)),
            parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string config, string? subject, bool yes, bool json, InvocationConfiguration invocation)
    {
        using OfflineNode node = OfflineNode.Open(config, mayBeNew: false);
        SubjectErasure erasure = new(node.Directory);
        SubjectHolding holding = SiteCommand.Find(node, subject, erasure);
        if (!json)
        {
            invocation.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Subject {holding.Subject}: {(holding.HasKey ? "its key" : "no key any more")} and "
                + $"{holding.Files.Count:N0} {(holding.Files.Count == 1 ? "file" : "files")} with "
                + $"{holding.Bytes:N0} bytes of readings go for good."));
        }

        if (!yes && !IsConfirmed(invocation))
        {
            invocation.Output.WriteLine("Nothing was destroyed.");
            return ExitCode.Success;
        }

        erasure.Run(holding.Subject, SiteCommand.OwnsPlain(node, holding.Subject));
        Report(invocation.Output, json, holding);
        return ExitCode.Success;
    }

    private static bool IsConfirmed(InvocationConfiguration invocation)
    {
        if (!ReferenceEquals(invocation.Output, Console.Out) || Console.IsInputRedirected)
        {
            throw new OperatorException("site forget destroys for good; say --yes where nobody can be asked.");
        }

        invocation.Output.Write("Destroy them? [y/N] ");
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private static void Report(TextWriter output, bool json, SubjectHolding holding)
    {
        if (json)
        {
            OfflineOptions.PrintJson(output, new
            {
                subject = holding.Subject.ToString(),
                keyDestroyed = holding.HasKey,
                destroyedFiles = holding.Files.Count,
                destroyedBytes = holding.Bytes,
                remains = Remains,
            });
            return;
        }

        output.WriteLine("They are destroyed. What is left:");
        foreach (string line in Remains)
        {
            output.WriteLine($"  {line}");
        }
    }
}
