using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;

namespace EnergyChain.Client.Tests;

/// <summary>
/// The API of a node in memory that answers a question when the test says so, or never. Questions come in the order in
/// which they were asked.
/// </summary>
internal sealed class SilentNode : HttpMessageHandler
{
    private const int FrameHeader = 5;

    private readonly Channel<Question> _questions = Channel.CreateUnbounded<Question>();
    private int _asked;

    /// <summary>Questions so far.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>The next question.</summary>
    public async Task<Question> NextAsync(CancellationToken stop) => await _questions.Reader.ReadAsync(stop);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        byte[] frame = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        Question question = new(request.RequestUri!.AbsolutePath, frame[FrameHeader..]);
        await _questions.Writer.WriteAsync(question, cancellationToken);
        using CancellationTokenRegistration ended = cancellationToken.Register(question.Abandon);
        return await question.Answered;
    }

    /// <summary>One call of a client.</summary>
    internal sealed class Question(string method, byte[] request)
    {
        private readonly TaskCompletionSource<HttpResponseMessage> _answer =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>/package.Service/Method.</summary>
        public string Method => method;

        public Task<HttpResponseMessage> Answered => _answer.Task;

        /// <summary>Whether the client hung up before there was an answer.</summary>
        public bool IsAbandoned => _answer.Task.IsCanceled;

        public T Request<T>()
            where T : IMessage<T>, new()
        {
            T message = new();
            message.MergeFrom(request);
            return message;
        }

        public void Answer(IMessage message)
        {
            byte[] frame = new byte[FrameHeader + message.CalculateSize()];
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.CalculateSize());
            message.WriteTo(frame.AsSpan(FrameHeader));
            Give(frame, StatusCode.OK);
        }

        public void Refuse(StatusCode status) => Give([], status);

        public void Abandon() => _answer.TrySetCanceled();

        private void Give(byte[] frame, StatusCode status)
        {
            HttpResponseMessage response = new(HttpStatusCode.OK)
            {
                Version = HttpVersion.Version20,
                Content = new ByteArrayContent(frame),
            };
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
            response.TrailingHeaders.Add("grpc-status", $"{(int)status}");
            _answer.SetResult(response);
        }
    }
}
