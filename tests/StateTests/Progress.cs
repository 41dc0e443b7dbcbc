namespace EnergyChain.StateTests;

/// <summary>A line on a terminal that says how far a run has come.</summary>
/// <param name="output">The terminal.</param>
/// <param name="files">How many files there are.</param>
/// <param name="isOn">Whether there is a terminal at all.</param>
internal sealed class Progress(TextWriter output, int files, bool isOn)
{
    private const string ClearLine = "\r\e[K";

    private int _done;

    /// <summary>Makes room for a line of the report.</summary>
    public void Clear()
    {
        if (isOn)
        {
            output.Write(ClearLine);
        }
    }

    /// <summary>One more file is done.</summary>
    public void Advance(Report report)
    {
        _done++;
        if (isOn)
        {
            output.Write($"{_done} of {files} files, {report.Passed} passed, {report.Failed} failed");
        }
    }
}
