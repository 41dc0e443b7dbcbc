namespace EnergyChain.Node.Devnet;

/// <summary>What a child process prints, in a file that is turned over when it is large. Thread-safe.</summary>
public sealed class ProcessLogFile(string path) : IDisposable
{
    private const long MaxBytes = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private StreamWriter? _writer;

    public void Append(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _writer ??= new StreamWriter(path, append: true) { AutoFlush = true };
            _writer.WriteLine(line);
            if (_writer.BaseStream.Length > MaxBytes)
            {
                _writer.Dispose();
                _writer = null;
                File.Move(path, path + ".1", overwrite: true);
            }
        }
    }

    /// <summary>The last lines, to say why a process ended.</summary>
    public string LastLine()
    {
        lock (_lock)
        {
            _writer?.Dispose();
            _writer = null;
            return File.Exists(path) ? File.ReadLines(path).LastOrDefault() ?? string.Empty : string.Empty;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _writer?.Dispose();
            _writer = null;
        }
    }
}
