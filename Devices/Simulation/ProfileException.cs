namespace EnergyChain.Devices.Simulation;

/// <summary>Profile data that cannot be used: an operator's mistake, with file, line and what is allowed.</summary>
public sealed class ProfileException : Exception
{
    public ProfileException(string file, long line, string problem)
        : base(line > 0 ? $"{file} line {line}: {problem}" : $"{file}: {problem}")
    {
        File = file;
        Line = line;
    }

    /// <summary>Path of the file.</summary>
    public string File { get; }

    /// <summary>Line from 1, or 0 for the file as a whole.</summary>
    public long Line { get; }
}
