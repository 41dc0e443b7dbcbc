using System.CommandLine;
using System.Globalization;
using System.Text;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Offline;
using EnergyChain.Node.Site.Subjects;
using EnergyChain.Node.Storage.Portable;

namespace EnergyChain.Node.Commands;

/// <summary>
/// <c>site export --config FILE --out FILE [--subject ID] [--from TIME] [--to TIME]</c>: a subject's readings as CSV.
/// </summary>
internal static class SiteExportCommand
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmZ", "yyyy-MM-ddTHH:mm:ssZ"];

    public static Command Create()
    {
        Option<string> config = OfflineOptions.Config();
        Option<string?> subject = SiteCommand.SubjectOption();
        Option<string> output = new("--out")
        {
            Description = "CSV file to write, readable by you only; - for standard output",
            Required = true,
        };
        Option<string?> from = new("--from") { Description = "First moment, UTC: 2026-01-31 or 2026-01-31T12:00Z" };
        Option<string?> to = new("--to") { Description = "Moment after the last, UTC" };
        Option<bool> json = OfflineOptions.Json();
        Command command = new("export", "Writes the readings of a subject as CSV, with what proves them.")
        {
            config, subject, output, from, to, json,
        };
        command.SetAction((parsed, _) => OfflineOptions.RunAsync(
            () => Task.FromResult(Run(
                parsed.GetRequiredValue(config),
                parsed.GetValue(subject),
                parsed.GetRequiredValue(output),
                (Moment("--from", parsed.GetValue(from)), Moment("--to", parsed.GetValue(to))),
                parsed.GetValue(json),
                parsed.InvocationConfiguration)),
            parsed.InvocationConfiguration.Error));
        return command;
    }

    private static DateTimeOffset? Moment(string option, string? text)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (text is null)
        {
            return null;
        }

        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Utc, out DateTimeOffset moment)
            ? moment
            : throw OperatorException.ForOption(option, text, "a UTC day or time: 2026-01-31 or 2026-01-31T12:00Z");
    }

    private static int Run(
        string config,
        string? subject,
        string path,
        (DateTimeOffset? From, DateTimeOffset? To) range,
        bool json,
        InvocationConfiguration invocation)
    {
        using OfflineNode node = OfflineNode.Open(config, mayBeNew: false);
        SubjectHolding holding = SiteCommand.Find(node, subject, new SubjectErasure(node.Directory));
        ReadingsExport export = new(
            node.Directory,
            holding.Subject,
            SlotLength.Of(node.Genesis),
            SiteCommand.OwnsPlain(node, holding.Subject));
        ReadingsExportSummary summary;
        using (OutputFile file = OfflineOptions.CreateFile(path, isSecret: true))
        {
            using (StreamWriter writer = new(file.Stream, new UTF8Encoding(false), leaveOpen: true))
            {
                summary = export.Write(writer, range.From, range.To);
            }

            file.Complete();
        }

        Report(path == "-" ? invocation.Error : invocation.Output, json, path, holding.Subject, summary);
        return summary.Unreadable == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Report(
        TextWriter output, bool json, string path, SubjectId subject, ReadingsExportSummary summary)
    {
        if (json)
        {
            OfflineOptions.PrintJson(output, new
            {
                file = path,
                subject = subject.ToString(),
                readings = summary.Rows,
                unreadable = summary.Unreadable,
            });
            return;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{summary.Rows:N0} readings of subject {subject} are in {path}."));
        if (summary.Unreadable > 0)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Unreadable:N0} more are damaged or were changed, and are not in it."));
        }
    }
}
