import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { BackupError, UnavailableError } from "../backup-error";
import type { BackupLocation } from "../settings";
import type { BackupStore } from "./store";

/**
 * Bytes of a multipart upload's part. S3 allows 10,000 parts, so a file can have 320 GB. Two parts are in memory while
 * they are sent.
 */
const partSize = 32 * 1024 * 1024;

/** Loaded on first use, because it is large and many desks do not use S3. */
const loadSdk = () => import("@aws-sdk/client-s3");

/** Backups in a bucket of an S3-compatible store, below a prefix. */
export function openBucket({ bucket, prefix, s3 }: Extract<BackupLocation, { kind: "bucket" }>): BackupStore {
  let opened: Promise<S3Client> | null = null;
  const start = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
  const key = (file: string) => ({ Bucket: bucket, Key: `${start}${file}` });
  const open = () => {
    opened ??= openClient(s3);
    return opened;
  };
  return {
    location: `s3://${bucket}/${start}`,
    async check() {
      const { HeadBucketCommand } = await loadSdk();
      await (await open()).send(new HeadBucketCommand({ Bucket: bucket })).catch((error: unknown) => {
        throw new UnavailableError(`The store of BACKUP_S3_BUCKET does not answer or refuses (${describe(error)}).`);
      });
    },
    async list() {
      const { ListObjectsCommand } = await loadSdk();
      const files = new Map<string, number>();
      // ListObjects version 1, because every S3-compatible store supports it. Each page begins after a name.
      for (let marker: string | undefined; ; ) {
        const answer = await (await open()).send(
          new ListObjectsCommand({ Bucket: bucket, Prefix: start, Marker: marker }),
        );
        for (const { Key = "", Size = 0 } of answer.Contents ?? []) {
          const file = Key.slice(start.length);
          if (file && !file.includes("/")) files.set(file, Size);
          marker = Key;
        }
        if (!answer.IsTruncated || !answer.Contents?.length) return files;
      }
    },
    async read(file) {
      const { GetObjectCommand } = await loadSdk();
      try {
        const answer = await (await open()).send(new GetObjectCommand(key(file)));
        return answer.Body as Readable;
      } catch (error) {
        const missing = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404;
        if (missing) throw new BackupError(`${file} is missing.`);
        throw new UnavailableError(`${file} cannot be read (${describe(error)}).`);
      }
    },
    async write(file, content, signal) {
      const { AbortMultipartUploadCommand } = await loadSdk();
      const { Upload } = await import("@aws-sdk/lib-storage");
      const client = await open();
      // The error of `content` is the one reported, not the store's error about the aborted upload. So this code aborts
      // the upload itself.
      const upload = new Upload({
        client,
        params: { ...key(file), Body: Readable.from(content, { objectMode: false }) },
        partSize,
        queueSize: 2,
        leavePartsOnError: true,
      });
      const leave = () => void upload.abort();
      signal?.addEventListener("abort", leave, { once: true });
      try {
        signal?.throwIfAborted();
        await upload.done();
      } catch (error) {
        if (upload.uploadId) {
          const left = new AbortMultipartUploadCommand({ ...key(file), UploadId: upload.uploadId });
          await client.send(left).catch(() => undefined);
        }
        throw error;
      } finally {
        signal?.removeEventListener("abort", leave);
      }
    },
    async remove(file) {
      const { DeleteObjectCommand } = await loadSdk();
      await (await open()).send(new DeleteObjectCommand(key(file)));
    },
  };
}

async function openClient(s3: Extract<BackupLocation, { kind: "bucket" }>["s3"]): Promise<S3Client> {
  const { S3Client } = await loadSdk();
  return new S3Client({
    endpoint: s3.endpoint,
    region: s3.region,
    credentials: { accessKeyId: s3.accessKeyId, secretAccessKey: s3.secretAccessKey },
    forcePathStyle: s3.endpoint !== undefined,
    maxAttempts: 4,
    // With the default, some stores keep the checksums of a streamed body as part of the object.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 120_000 },
  });
}

function describe(error: unknown): string {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return [name, $metadata?.httpStatusCode].filter(Boolean).join(" ");
}
